package org.mshareemu.emulator.observe;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Reads a guest's memory through its page tables and leaves no trace: no fault is raised, no
/// accessed bit set, no page brought in. What is not present cannot be read.
public final class GuestView {
    private final PhysicalMemory memory;
    private final PageWalker walker;
    private final long root;

    /// @param memory of the machine
    /// @param walker of the machine
    /// @param root physical address of the top-level table
    public GuestView(PhysicalMemory memory, PageWalker walker, long root) {
        this.memory = memory;
        this.walker = walker;
        this.root = root;
    }

    /// The memory of an address space.
    public static GuestView of(Mm mm) {
        PhysicalMemory memory = mm.context().memory();
        return new GuestView(memory, new PageWalker(memory, PagingControls.LINUX), mm.root());
    }

    /// Reads as many of `lengthBytes` bytes as are present.
    ///
    /// @return bytes read, from 0 on
    public int read(long vaddr, byte[] destination, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            long at = vaddr + done;
            long result = walker.peek(root, at, PageFaultError.USER);
            if (!WalkResult.isTranslated(result)) {
                break;
            }
            int inPage = (int) (at & PhysicalMemory.PAGE_SIZE - 1);
            int chunk = Math.min(lengthBytes - done, PhysicalMemory.PAGE_SIZE - inPage);
            memory.copyToArray(WalkResult.framePaddr(result) + inPage, destination, done, chunk);
            done += chunk;
        }
        return done;
    }

    /// Exactly `lengthBytes` bytes, or null if some are not present.
    public byte @Nullable [] bytes(long vaddr, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        return read(vaddr, bytes, lengthBytes) == lengthBytes ? bytes : null;
    }

    /// The bytes up to a NUL, but `limitBytes` at most; null if a byte before that is not present.
    public byte @Nullable [] string(long vaddr, int limitBytes) {
        byte[] bytes = new byte[limitBytes];
        int length = read(vaddr, bytes, limitBytes);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return java.util.Arrays.copyOf(bytes, i);
            }
        }
        return length == limitBytes ? bytes : null;
    }
}
