package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// brk(2), which reports failure by not moving.
///
/// Linux: SYSCALL_DEFINE1(brk)
final class HeapBreak {
    private final Mm mm;

    HeapBreak(Mm mm) {
        this.mm = mm;
    }

    /// Where the heap ends after the attempt to move its end to `wanted`.
    long moved(long wanted) {
        long old = mm.brk();
        ProgramLayout program = mm.program();
        if (Long.compareUnsigned(wanted, program.startBrk()) < 0 || exceedsDataLimit(wanted)) {
            return old;
        }
        long newEnd = wanted + 4095 & -4096;
        long oldEnd = old + 4095 & -4096;
        if (newEnd == oldEnd) {
            return wanted;
        }
        try {
            boolean isDone =
                    Long.compareUnsigned(wanted, old) <= 0
                            ? shrink(newEnd, oldEnd)
                            : grow(oldEnd, newEnd);
            return isDone ? wanted : old;
        } catch (ErrnoException _) {
            return old; // the caller sees that it did not move
        }
    }

    /// Linux: check_data_rlimit()
    private boolean exceedsDataLimit(long wanted) {
        ProgramLayout program = mm.program();
        long size = wanted - program.startBrk() + program.endData() - program.startData();
        return mm.limits().isExceeded(ResourceLimits.RLIMIT_DATA, size);
    }

    private boolean shrink(long newEnd, long oldEnd) throws ErrnoException {
        VmArea area = mm.tree().firstIn(newEnd, oldEnd);
        if (area == null) {
            return false;
        }
        mm.unmapper().unmapRange(newEnd, oldEnd);
        return true;
    }

    private boolean grow(long oldEnd, long newEnd) throws ErrnoException {
        long length = newEnd - oldEnd;
        // Linux: check_brk_limits()
        if (Long.compareUnsigned(length, mm.taskSize()) > 0
                || oldEnd > mm.taskSize() - length
                || !mm.mayLock(mm.defaultFlags(), length)) {
            return false;
        }
        VmArea next = mm.findAreaFrom(oldEnd);
        if (next != null && newEnd + 4096 > StackGrowth.startWithGap(next)) {
            return false;
        }
        mm.mapper().mapBrk(oldEnd, length);
        if ((mm.defaultFlags() & VM_LOCKED) != 0) {
            mm.populator().populate(oldEnd, newEnd, Populator.OnError.IGNORE);
        }
        return true;
    }
}
