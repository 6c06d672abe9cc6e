package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.FilePages;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Seek;

/// An open regular file of the host.
final class HostFileOperations implements FileOperations {
    private static HostFile of(OpenFile file) {
        return (HostFile) file.inode();
    }

    @Override
    public void open(OpenFile file, CallerContext caller) throws ErrnoException {
        of(file).open(file.isOpenForWriting());
    }

    @Override
    public void release(OpenFile file) {
        HostFile host = of(file);
        try {
            host.writeBack();
        } catch (ErrnoException _) {
            // close(2) of a file on Linux does not report it either
        }
        host.close();
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        HostFile host = of(file);
        long available = host.sizeBytes() - position;
        if (available <= 0 || to.count() == 0) {
            return 0;
        }
        int length = (int) Math.min(Math.min(available, to.count()), Fcntl.MAX_RW_COUNT);
        return host.pageCache().read(position, to, length);
    }

    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        HostFile host = of(file);
        if (from.count() == 0) {
            return 0;
        }
        long length = FileIo.limitWrite(file, position, from.count(), caller);
        Attributes.removePrivileges(file.path(), caller);
        int done = host.pageCache().write(position, from, (int) length);
        host.writeThrough(position, position + done);
        return done;
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        long max = file.inode().superBlock().maxFileBytes();
        return Seek.generic(file, offset, whence, file.inode().sizeBytes(), max);
    }

    @Override
    public boolean isMappable(OpenFile file) {
        return true;
    }

    @Override
    public void mapped(OpenFile file, VmArea area) {
        area.setPages(of(file).pageCache());
        area.setOperations(FilePages.OPERATIONS);
    }

    @Override
    public void fallocate(
            OpenFile file, int mode, long offset, long lengthBytes, CallerContext caller)
            throws ErrnoException {
        if ((mode & ~Fcntl.FALLOC_FL_KEEP_SIZE) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        HostFile host = of(file);
        long end = offset + lengthBytes;
        Attributes.checkNewSize(host, end, caller);
        if (mode == 0 && end > host.sizeBytes()) {
            host.resize(end, caller);
        }
    }

    @Override
    public void fsync(OpenFile file, Sync sync) throws ErrnoException {
        of(file).force(sync);
    }

    @Override
    public boolean isDirectCapable() {
        return true;
    }
}
