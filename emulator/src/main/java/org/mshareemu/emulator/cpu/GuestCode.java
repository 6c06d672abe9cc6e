package org.mshareemu.emulator.cpu;

import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Reads instructions without disturbing anything.
final class GuestCode {
    private final PhysicalMemory memory;
    private final PageWalker walker;

    GuestCode(PhysicalMemory memory, PageWalker walker) {
        this.memory = memory;
        this.walker = walker;
    }

    /// A byte of code, or -1 where nothing can be fetched.
    int peekByte(long root, long vaddr) {
        long result = walker.peek(root, vaddr, PageFaultError.USER | PageFaultError.FETCH);
        if (!WalkResult.isTranslated(result)) {
            return -1;
        }
        return memory.readByte(WalkResult.framePaddr(result) + (vaddr & ~PhysicalMemory.PAGE_MASK))
                & 0xff;
    }
}
