package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DROPPABLE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED_MASK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKONFAULT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SPECIAL;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_STICKY;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// mlock(2) and its family.
///
/// Linux: mm/mlock.c
final class Locker {
    private final Mm mm;

    Locker(Mm mm) {
        this.mm = mm;
    }

    /// Linux: can_do_mlock()
    static boolean mayLockAtAll(ResourceLimits limits, Credentials credentials) {
        return limits.soft(ResourceLimits.RLIMIT_MEMLOCK) != 0
                || credentials.isCapable(Credentials.CAP_IPC_LOCK);
    }

    /// Linux: mlock_future_ok()
    static boolean mayLock(
            Mm mm, long vmFlags, long lengthBytes, ResourceLimits limits, Credentials credentials) {
        if ((vmFlags & VM_LOCKED) == 0 || credentials.isCapable(Credentials.CAP_IPC_LOCK)) {
            return true;
        }
        long pages = (lengthBytes >>> 12) + mm.counters().locked();
        return !exceedsLimit(pages, limits);
    }

    private static boolean exceedsLimit(long pages, ResourceLimits limits) {
        long limitPages = limits.soft(ResourceLimits.RLIMIT_MEMLOCK) >>> 12;
        return Long.compareUnsigned(pages, limitPages) > 0;
    }

    /// Linux: do_mlock()
    void mlock(long start, long lengthBytes, int flags) throws ErrnoException {
        if ((flags & ~Mman.MLOCK_ONFAULT) != 0) {
            throw Errno.EINVAL.exception();
        }
        long vmFlags = VM_LOCKED | ((flags & Mman.MLOCK_ONFAULT) != 0 ? VM_LOCKONFAULT : 0);
        if (!mayLockAtAll(mm.limits(), mm.credentials())) {
            throw Errno.EPERM.exception();
        }
        long length = lengthBytes + (start & 4095) + 4095 & -4096;
        long first = start & -4096;
        long pages = (length >>> 12) + mm.counters().locked();
        boolean isPrivileged = mm.credentials().isCapable(Credentials.CAP_IPC_LOCK);
        if (exceedsLimit(pages, mm.limits()) && !isPrivileged) {
            pages -= lockedPagesIn(first, first + length);
        }
        if (exceedsLimit(pages, mm.limits()) && !isPrivileged) {
            throw Errno.ENOMEM.exception();
        }
        apply(first, length, vmFlags);
        try {
            mm.populator().populate(first, first + length, Populator.OnError.STOP);
        } catch (ErrnoException e) {
            // Linux: __mlock_posix_error_return()
            throw switch (e.errno()) {
                case EFAULT -> Errno.ENOMEM.exception();
                case ENOMEM -> Errno.EAGAIN.exception();
                default -> e;
            };
        }
    }

    /// Linux: count_mm_mlocked_page_nr()
    private long lockedPagesIn(long start, long end) {
        long pages = 0;
        for (int index = mm.tree().indexFrom(start); index < mm.tree().size(); index++) {
            VmArea area = mm.tree().at(index);
            if (area.start() >= end) {
                break;
            }
            if (area.has(VM_LOCKED)) {
                pages += (Math.min(end, area.end()) - Math.max(start, area.start())) >>> 12;
            }
        }
        return pages;
    }

    void munlock(long start, long lengthBytes) throws ErrnoException {
        apply(start & -4096, lengthBytes + (start & 4095) + 4095 & -4096, 0);
    }

    /// Linux: apply_vma_lock_flags()
    private void apply(long start, long lengthBytes, long lockFlags) throws ErrnoException {
        long end = start + lengthBytes;
        if (Long.compareUnsigned(end, start) < 0) {
            throw Errno.EINVAL.exception();
        }
        if (end == start) {
            return;
        }
        VmArea area = mm.findArea(start);
        if (area == null) {
            throw Errno.ENOMEM.exception();
        }
        long at = start;
        while (Long.compareUnsigned(at, end) < 0) {
            area = mm.findArea(at);
            if (area == null) {
                throw Errno.ENOMEM.exception();
            }
            long partEnd = Long.compareUnsigned(end, area.end()) < 0 ? end : area.end();
            lockPart(area, at, partEnd, lockFlags);
            at = partEnd;
        }
    }

    /// Linux: mlock_fixup()
    private void lockPart(VmArea area, long start, long end, long lockFlags) throws ErrnoException {
        long oldFlags = area.flags();
        long newFlags = (oldFlags & ~VM_LOCKED_MASK) | lockFlags;
        if (newFlags == oldFlags || (oldFlags & (VM_SPECIAL | VM_DROPPABLE)) != 0) {
            return;
        }
        VmArea part = mm.editor().modifyFlags(area, start, end, newFlags);
        long pages = (end - start) >>> 12;
        if ((newFlags & VM_LOCKED) == 0) {
            mm.counters().addLocked(-pages);
        } else if ((oldFlags & VM_LOCKED) == 0) {
            mm.counters().addLocked(pages);
        }
        part.setFlags(newFlags | (part.flags() & VM_STICKY));
    }

    void mlockall(int flags) throws ErrnoException {
        if (flags == 0
                || (flags & ~(Mman.MCL_CURRENT | Mman.MCL_FUTURE | Mman.MCL_ONFAULT)) != 0
                || flags == Mman.MCL_ONFAULT) {
            throw Errno.EINVAL.exception();
        }
        if (!mayLockAtAll(mm.limits(), mm.credentials())) {
            throw Errno.EPERM.exception();
        }
        boolean isCurrent = (flags & Mman.MCL_CURRENT) != 0;
        if (isCurrent
                && exceedsLimit(mm.counters().total(), mm.limits())
                && !mm.credentials().isCapable(Credentials.CAP_IPC_LOCK)) {
            throw Errno.ENOMEM.exception();
        }
        applyAll(flags);
        if (isCurrent) {
            mm.populator().populate(0, mm.taskSize(), Populator.OnError.IGNORE);
        }
    }

    void munlockall() {
        applyAll(0);
    }

    /// Linux: apply_mlockall_flags()
    private void applyAll(int flags) {
        long onFault = (flags & Mman.MCL_ONFAULT) != 0 ? VM_LOCKONFAULT : 0;
        long future = (flags & Mman.MCL_FUTURE) != 0 ? VM_LOCKED | onFault : 0;
        mm.setDefaultFlags((mm.defaultFlags() & ~VM_LOCKED_MASK) | future);
        boolean isCurrent = (flags & Mman.MCL_CURRENT) != 0;
        if (future != 0 && !isCurrent) {
            return;
        }
        long lockFlags = isCurrent ? VM_LOCKED | onFault : 0;
        long at = 0;
        for (VmArea area = mm.findAreaFrom(at); area != null; area = mm.findAreaFrom(at)) {
            at = area.end();
            try {
                lockPart(area, area.start(), area.end(), lockFlags);
            } catch (ErrnoException _) {
                // Linux goes on with the next area, too; this one stays as it was.
                at = area.end();
            }
        }
    }
}
