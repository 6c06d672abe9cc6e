package org.mshareemu.emulator.kernel.vfs;

import static org.mshareemu.emulator.kernel.abi.Fcntl.FALLOC_FL_KEEP_SIZE;
import static org.mshareemu.emulator.kernel.abi.Fcntl.FALLOC_FL_PUNCH_HOLE;
import static org.mshareemu.emulator.kernel.abi.Fcntl.F_SEAL_FUTURE_WRITE;
import static org.mshareemu.emulator.kernel.abi.Fcntl.F_SEAL_GROW;
import static org.mshareemu.emulator.kernel.abi.Fcntl.F_SEAL_WRITE;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.FilePages;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// An open file in memory. Linux: shmem_file_operations
final class MemoryFileOperations implements FileOperations {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    private static MemoryFile of(OpenFile file) {
        return (MemoryFile) file.inode();
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        MemoryFile inode = of(file);
        long available = inode.sizeBytes() - position;
        if (available <= 0 || to.count() == 0) {
            return 0;
        }
        int length = (int) Math.min(Math.min(available, to.count()), Fcntl.MAX_RW_COUNT);
        int done = inode.pageCache().read(position, to, length);
        AccessTime.touch(file);
        return done;
    }

    /// Linux: shmem_file_write_iter(), shmem_write_begin()
    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        MemoryFile inode = of(file);
        if (from.count() == 0) {
            return 0;
        }
        long length = FileIo.limitWrite(file, position, from.count(), caller);
        Attributes.removePrivileges(file.path(), caller);
        inode.touchData();
        if (inode.hasSeal(F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) {
            throw Errno.EPERM.exception();
        }
        if (inode.hasSeal(F_SEAL_GROW) && position + length > inode.sizeBytes()) {
            length = growSealed(inode, position, length);
        }
        int done = inode.pageCache().write(position, from, (int) length);
        if (position + done > inode.sizeBytes()) {
            inode.setSize(position + done);
        }
        return done;
    }

    /// Whole pages within the size may still be written.
    private static long growSealed(MemoryFile inode, long position, long length)
            throws ErrnoException {
        long lastPageStart = (position + length - 1) & -PAGE_SIZE;
        for (long at = lastPageStart; ; at -= PAGE_SIZE) {
            long end = Math.min(at + PAGE_SIZE, position + length);
            if (end <= inode.sizeBytes()) {
                return end - position;
            }
            if (at <= position) {
                throw Errno.EPERM.exception();
            }
        }
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    /// Linux: shmem_file_llseek()
    @Override
    public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        MemoryFile inode = of(file);
        long size = inode.sizeBytes();
        if (whence != Fcntl.SEEK_DATA && whence != Fcntl.SEEK_HOLE) {
            return Seek.generic(file, offset, whence, size, Long.MAX_VALUE);
        }
        Seek.checkInside(offset, size);
        long at =
                whence == Fcntl.SEEK_DATA
                        ? nextData(inode.pageCache(), offset, size)
                        : nextHole(inode.pageCache(), offset, size);
        return Seek.set(file, at, Long.MAX_VALUE);
    }

    private static long nextData(PageCache pages, long offset, long size) throws ErrnoException {
        long index = pages.nextPresent(offset >>> PAGE_SHIFT);
        if (index == PageCache.ABSENT || index << PAGE_SHIFT >= size) {
            throw Errno.ENXIO.exception();
        }
        return Math.max(offset, index << PAGE_SHIFT);
    }

    private static long nextHole(PageCache pages, long offset, long size) {
        long index = offset >>> PAGE_SHIFT;
        while (index << PAGE_SHIFT < size && pages.find(index) != PageCache.ABSENT) {
            index++;
        }
        return Math.min(size, Math.max(offset, index << PAGE_SHIFT));
    }

    @Override
    public boolean isMappable(OpenFile file) {
        return true;
    }

    /// Linux: shmem_mmap()
    @Override
    public void mapped(OpenFile file, VmArea area) {
        AccessTime.touch(file);
        area.setPages(of(file).pageCache());
        area.setOperations(FilePages.OPERATIONS);
    }

    /// Linux: shmem_fallocate()
    @Override
    public void fallocate(
            OpenFile file, int mode, long offset, long lengthBytes, CallerContext caller)
            throws ErrnoException {
        MemoryFile inode = of(file);
        if ((mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE)) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        if ((mode & FALLOC_FL_PUNCH_HOLE) != 0) {
            if (inode.hasSeal(F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) {
                throw Errno.EPERM.exception();
            }
            punch(inode.pageCache(), offset, offset + lengthBytes);
            inode.touchData();
            return;
        }
        long end = offset + lengthBytes;
        Attributes.checkNewSize(inode, end, caller);
        if (inode.hasSeal(F_SEAL_GROW) && end > inode.sizeBytes()) {
            throw Errno.EPERM.exception();
        }
        allocate(inode, offset >>> PAGE_SHIFT, (end + PAGE_SIZE - 1) >>> PAGE_SHIFT);
        if ((mode & FALLOC_FL_KEEP_SIZE) == 0 && end > inode.sizeBytes()) {
            inode.setSize(end);
        }
        inode.touchData();
    }

    /// Linux: shmem_truncate_range()
    private static void punch(PageCache pages, long start, long end) {
        long firstWhole = (start + PAGE_SIZE - 1) >>> PAGE_SHIFT;
        long endWhole = end >>> PAGE_SHIFT;
        if (firstWhole > endWhole) {
            pages.zeroWithinPage(start, (int) (end - start));
            return;
        }
        int head = (int) ((firstWhole << PAGE_SHIFT) - start);
        int tail = (int) (end - (endWhole << PAGE_SHIFT));
        if (firstWhole == endWhole && head == 0 && tail == 0) {
            return;
        }
        pages.remove(firstWhole, endWhole);
        pages.zeroWithinPage(start, head);
        pages.zeroWithinPage(endWhole << PAGE_SHIFT, tail);
    }

    private static void allocate(MemoryFile inode, long first, long end) throws ErrnoException {
        PageCache pages = inode.pageCache();
        if (inode.maxPages() != 0 && end - first > inode.maxPages()) {
            throw Errno.ENOSPC.exception();
        }
        long at = first;
        long[] made = new long[(int) Math.min(end - first, 1 << 20)];
        int count = 0;
        try {
            for (; at < end; at++) {
                if (pages.find(at) == PageCache.ABSENT) {
                    pages.findOrCreate(at);
                    if (count < made.length) {
                        made[count++] = at;
                    }
                }
            }
        } catch (ErrnoException e) {
            for (int i = 0; i < count; i++) {
                pages.remove(made[i], made[i] + 1);
            }
            throw e;
        }
    }

    @Override
    public void fsync(OpenFile file, Sync sync) {}

    @Override
    public boolean isDirectCapable() {
        return true;
    }
}
