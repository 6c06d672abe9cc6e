package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

/// Memory: mmap(2) and its family.
public final class MmapCalls {
    private static final String NO_HUGE_PAGES = "no huge page pools: MAP_HUGETLB fails";
    private static final String NO_RECLAIM = "advice about reclaim changes nothing";
    private static final int HUGE_2MB_SHIFT = 21;
    private static final int HUGE_1GB_SHIFT = 30;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_mmap,
                NO_HUGE_PAGES,
                (task, a) -> mmap(task, a.a0(), a.a1(), a.i2(), a.i3(), a.i4(), a.a5()));
        table.row(NR_munmap, (task, a) -> munmap(task, a.a0(), a.a1()));
        table.row(NR_mprotect, (task, a) -> mprotect(task, a.a0(), a.a1(), a.i2()));
        table.row(NR_brk, (task, a) -> brk(task, a.a0()));
        table.row(NR_mremap, (task, a) -> mremap(task, a.a0(), a.a1(), a.a2(), a.i3(), a.a4()));
        table.partly(NR_madvise, NO_RECLAIM, (task, a) -> madvise(task, a.a0(), a.a1(), a.i2()));
        table.row(NR_msync, (task, a) -> msync(task, a.a0(), a.a1(), a.i2()));
        table.row(NR_mincore, (task, a) -> mincore(task, a.a0(), a.a1(), a.a2()));
        table.row(NR_mlock, (task, a) -> mlock(task, a.a0(), a.a1()));
        table.row(NR_mlock2, (task, a) -> mlock2(task, a.a0(), a.a1(), a.i2()));
        table.row(NR_munlock, (task, a) -> munlock(task, a.a0(), a.a1()));
        table.row(NR_mlockall, (task, a) -> mlockall(task, a.i0()));
        table.row(NR_munlockall, (task, _) -> munlockall(task));
    }

    /// Linux: ksys_mmap_pgoff()
    private static long mmap(
            Task task, long vaddr, long lengthBytes, int prot, int flags, int fd, long offset)
            throws ErrnoException {
        if ((offset & 4095) != 0) {
            throw Errno.EINVAL.exception();
        }
        boolean isHuge = (flags & Mman.MAP_HUGETLB) != 0;
        OpenFile file = null;
        if ((flags & Mman.MAP_ANONYMOUS) == 0) {
            file = task.files().get(fd);
            if (isHuge) {
                throw Errno.EINVAL.exception();
            }
        } else if (isHuge) {
            throw hugePagesRefused(flags);
        }
        return mm(task).mmapAndPopulate(
                        request(task, vaddr, lengthBytes, prot, flags, file, offset));
    }

    /// There is no pool of huge pages of either size. Linux: hugetlb_file_setup()
    private static ErrnoException hugePagesRefused(int flags) {
        int shift = flags >>> Mman.MAP_HUGE_SHIFT & Mman.MAP_HUGE_MASK;
        boolean isKnownSize = shift == 0 || shift == HUGE_2MB_SHIFT || shift == HUGE_1GB_SHIFT;
        return isKnownSize ? Errno.ENOMEM.exception() : Errno.EINVAL.exception();
    }

    /// The caller's address space, which from now on acts with the rights the caller has now.
    private static Mm mm(Task task) {
        Mm mm = task.mm();
        mm.actFor(task.credentials(), task.limits());
        return mm;
    }

    private static MmapRequest request(
            Task task,
            long vaddr,
            long lengthBytes,
            int prot,
            int flags,
            @Nullable OpenFile file,
            long offset) {
        return new MmapRequest(
                vaddr,
                lengthBytes,
                prot,
                flags,
                file,
                offset >>> 12,
                0,
                task.credentials(),
                task.limits());
    }

    private static long munmap(Task task, long start, long lengthBytes) throws ErrnoException {
        mm(task).munmap(start, lengthBytes);
        return 0;
    }

    private static long mprotect(Task task, long start, long lengthBytes, int prot)
            throws ErrnoException {
        mm(task).mprotect(start, lengthBytes, prot);
        return 0;
    }

    private static long brk(Task task, long wanted) {
        return mm(task).moveBrk(wanted);
    }

    private static long mremap(
            Task task, long vaddr, long oldLength, long newLength, int flags, long newVaddr)
            throws ErrnoException {
        return mm(task).mremap(vaddr, oldLength, newLength, flags, newVaddr);
    }

    private static long madvise(Task task, long start, long lengthBytes, int behavior)
            throws ErrnoException {
        mm(task).madvise(start, lengthBytes, behavior);
        return 0;
    }

    private static long msync(Task task, long start, long lengthBytes, int flags)
            throws ErrnoException {
        mm(task).msync(start, lengthBytes, flags);
        return 0;
    }

    private static long mincore(Task task, long start, long lengthBytes, long vectorVaddr)
            throws ErrnoException {
        mm(task).mincore(start, lengthBytes, vectorVaddr);
        return 0;
    }

    private static long mlock(Task task, long start, long lengthBytes) throws ErrnoException {
        return mlock2(task, start, lengthBytes, 0);
    }

    private static long mlock2(Task task, long start, long lengthBytes, int flags)
            throws ErrnoException {
        mm(task).mlock(start, lengthBytes, flags);
        return 0;
    }

    private static long munlock(Task task, long start, long lengthBytes) throws ErrnoException {
        mm(task).munlock(start, lengthBytes);
        return 0;
    }

    private static long mlockall(Task task, int flags) throws ErrnoException {
        mm(task).mlockall(flags);
        return 0;
    }

    private static long munlockall(Task task) {
        mm(task).munlockall();
        return 0;
    }
}
