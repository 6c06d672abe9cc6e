package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_GROWSDOWN;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// Grows an area down to an address below it.
///
/// Linux: expand_stack(), expand_downwards(), acct_stack_growth()
final class StackGrowth {
    /// What stays free between a stack and what is below it. Linux: stack_guard_gap
    static final long GUARD_GAP_BYTES = 256L << 12;

    private final Mm mm;

    StackGrowth(Mm mm) {
        this.mm = mm;
    }

    /// Where an area begins for those who look for room below it. Linux: vm_start_gap()
    static long startWithGap(VmArea area) {
        return area.has(VM_GROWSDOWN) ? Math.max(0, area.start() - GUARD_GAP_BYTES) : area.start();
    }

    /// Whether the area now reaches down to the page of `vaddr`.
    boolean expand(VmArea area, long vaddr) {
        long start = vaddr & -4096;
        if (start < mm.context().minAddress()) {
            return false;
        }
        VmArea below = mm.tree().previous(area);
        if (below != null
                && !below.has(VM_GROWSDOWN)
                && (below.flags() & VM_ACCESS_FLAGS) != 0
                && start - below.end() < GUARD_GAP_BYTES) {
            return false;
        }
        if (below != null && start < below.end()) {
            return false;
        }
        long grownPages = (area.start() - start) >>> 12;
        if (grownPages > area.pageOffset() || !isAllowed(area, area.end() - start, grownPages)) {
            return false;
        }
        mm.editor().prepareAnon(area);
        if (area.has(VM_LOCKED)) {
            mm.counters().addLocked(grownPages);
        }
        mm.counters().addArea(area.flags(), grownPages);
        mm.tree().setRange(area, start, area.end(), area.pageOffset() - grownPages);
        return true;
    }

    private boolean isAllowed(VmArea area, long sizeBytes, long grownPages) {
        if (!mm.mayExpand(area.flags(), grownPages)
                || mm.limits().isExceeded(ResourceLimits.RLIMIT_STACK, sizeBytes)
                || !mm.mayLock(area.flags(), grownPages << 12)) {
            return false;
        }
        if (!area.has(VM_ACCOUNT)) {
            return true;
        }
        try {
            mm.chargeCommit(grownPages);
            return true;
        } catch (ErrnoException _) {
            return false; // no memory to promise: the stack does not grow
        }
    }
}
