package org.mshareemu.mmu.phys;

/// A broken invariant of frames, tables or TLB batches: a bug of the kernel above or of the MMU,
/// never of the guest.
///
/// Linux: VM_BUG_ON(), bad_page()
public final class MmuBug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MmuBug(String message) {
        super(message);
    }

    /// A bug that concerns one frame; the message names it.
    public static MmuBug ofFrame(long pfn, String what) {
        return new MmuBug("frame 0x" + Long.toHexString(pfn) + ": " + what);
    }
}
