package org.mshareemu.mmu.paging;

/// Bits of the page-fault error code, which are also the bits of an access to be walked.
///
///     bit  4   3    2   1   0
///         I/D RSVD U/S W/R  P
///
/// SDM Vol. 3A, 4.7. Linux: X86_PF_PROT and its neighbours
public final class PageFaultError {
    /// A present entry refused the access; clear: an entry was not present. Linux: X86_PF_PROT
    public static final int PRESENT = 1 << 0;

    /// The access was a write. Linux: X86_PF_WRITE
    public static final int WRITE = 1 << 1;

    /// The access came from CPL 3. Linux: X86_PF_USER
    public static final int USER = 1 << 2;

    /// A present entry has a reserved bit set. Linux: X86_PF_RSVD
    public static final int RESERVED = 1 << 3;

    /// The access was an instruction fetch. Linux: X86_PF_INSTR
    public static final int FETCH = 1 << 4;

    private PageFaultError() {}
}
