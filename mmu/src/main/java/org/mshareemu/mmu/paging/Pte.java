package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.annotation.HotPath;

/// The bits of an entry of any level. No object ever stands for an entry; it stays a `long`.
///
///     63 62  59 58   52 51                          12 11  9 8 7  6 5 4   3   2  1 0
///     +--+-----+-------+------------------------------+-----+-+--+-+-+---+---+--+-+-+
///     |NX| (pk)| soft  |  frame number                | soft|G|PS|D|A|PCD|PWT|US|W|P|
///     +--+-----+-------+------------------------------+-----+-+--+-+-+---+---+--+-+-+
///     NX  no execute; reserved unless EFER.NXE        G   global, leaves only
///     pk  protection key; ignored with CR4.PKE=0      PS  large leaf in PUD and PMD, reserved in PGD, PAT in PTE
///     US  user may access                             D   written, leaves only
///     W   may be written (RW in the SDM)              A   used
///     A large leaf has its PAT at bit 12 and needs zeroes from bit 13 to its size (1 GiB: 13-29, 2 MiB: 13-20).
///     Frame bits at or above MAXPHYADDR are reserved. With P=0 the processor ignores all other bits.
///
/// SDM Vol. 3A, 4.5, figure 4-11 and tables 4-15 to 4-20. Linux: arch/x86/include/asm/pgtable_types.h
///
/// An entry with P=0 that is not zero belongs to the kernel:
///
///     63  59 58                                       9  8  7        1 0
///     +-----+------------------------------------------+---+----------+-+
///     |type | ~offset                                  | 0 | flags    |0|   swap entry
///     +-----+------------------------------------------+---+----------+-+
///     |     as with P=1                                | 1 | as P=1   |0|   PROT_NONE page, still owned by its table
///     +------------------------------------------------+---+----------+-+
///
/// Linux: arch/x86/include/asm/pgtable_64.h. A swap offset is inverted there against L1TF, and here to
/// be bit-exact; the frame number of a PROT_NONE entry is inverted there only.
@HotPath
public final class Pte {
    /// The entry is in use. Linux: _PAGE_PRESENT
    public static final long P = 1L << 0;

    /// Writes are allowed. Linux: _PAGE_RW
    public static final long RW = 1L << 1;

    /// Accesses from CPL 3 are allowed. Linux: _PAGE_USER
    public static final long US = 1L << 2;

    public static final long PWT = 1L << 3;
    public static final long PCD = 1L << 4;

    /// Has been used. Linux: _PAGE_ACCESSED
    public static final long A = 1L << 5;

    /// Has been written through. Linux: _PAGE_DIRTY
    public static final long D = 1L << 6;

    /// Large leaf. Linux: _PAGE_PSE
    public static final long PS = 1L << 7;

    /// Page attribute table bit of a PTE. Linux: _PAGE_PAT
    public static final long PAT = 1L << 7;

    /// Survives a load of CR3. Linux: _PAGE_GLOBAL
    public static final long G = 1L << 8;

    /// Page attribute table bit of a large leaf. Linux: _PAGE_PAT_LARGE
    public static final long PAT_LARGE = 1L << 12;

    /// The frame has no struct page. Linux: _PAGE_SPECIAL
    public static final long SOFT_SPECIAL = 1L << 9;

    /// Write-protected for userfaultfd. Linux: _PAGE_UFFD_WP
    public static final long SOFT_UFFD_WP = 1L << 10;

    /// Written since /proc/PID/clear_refs. Linux: _PAGE_SOFT_DIRTY
    public static final long SOFT_DIRTY = 1L << 11;

    /// First of the bits 52-58, free for the kernel. Linux: _PAGE_BIT_SOFTW5 and its neighbours
    public static final long SOFT_52 = 1L << 52;

    public static final long SOFT_53 = 1L << 53;
    public static final long SOFT_54 = 1L << 54;
    public static final long SOFT_55 = 1L << 55;
    public static final long SOFT_56 = 1L << 56;
    public static final long SOFT_57 = 1L << 57;
    public static final long SOFT_58 = 1L << 58;

    /// Fetches are refused. Linux: _PAGE_NX
    public static final long NX = 1L << 63;

    /// With P=0: the page is there but nobody may touch it. Linux: _PAGE_PROTNONE
    public static final long PROT_NONE = G;

    /// Where the frame number stands. Linux: PTE_PFN_MASK
    public static final long FRAME_MASK = 0x000f_ffff_ffff_f000L;

    /// An entry that points to a table: rights are left to the leaf. Linux: _PAGE_TABLE (A is set,
    /// D is ignored)
    public static final long TABLE_FLAGS = P | RW | US | A;

    /// Number of distinct swap types. Linux: 1 << SWP_TYPE_BITS
    public static final int SWAP_TYPES = 32;

    private static final int FRAME_SHIFT = 12;
    private static final int SWAP_TYPE_SHIFT = 59;
    private static final int SWAP_OFFSET_SHIFT = 9;
    private static final long SWAP_OFFSET_MASK = (1L << (SWAP_TYPE_SHIFT - SWAP_OFFSET_SHIFT)) - 1;

    private Pte() {}

    /// An entry from a frame number and bits above.
    public static long make(long pfn, long flags) {
        return pfn << FRAME_SHIFT | flags;
    }

    public static long pfn(long pte) {
        return (pte & FRAME_MASK) >>> FRAME_SHIFT;
    }

    /// The physical address of the frame or table; of a large leaf see [#leafPaddr(long, Level)].
    public static long paddr(long pte) {
        return pte & FRAME_MASK;
    }

    /// The physical address of a leaf's first byte, without the PAT bit that a large leaf keeps
    /// among its address bits.
    public static long leafPaddr(long pte, Level level) {
        return pte & FRAME_MASK & -level.entrySpan();
    }

    /// Everything but the frame number.
    public static long flags(long pte) {
        return pte & ~FRAME_MASK;
    }

    /// Neither used by the processor nor by the kernel. Linux: pte_none() (which also forgives A
    /// and D)
    public static boolean isEmpty(long pte) {
        return pte == 0;
    }

    /// P is set: the processor uses the entry.
    public static boolean isPresent(long pte) {
        return (pte & P) != 0;
    }

    /// The entry owns a frame, accessible or not. Linux: pte_present()
    public static boolean isMapped(long pte) {
        return (pte & (P | PROT_NONE)) != 0;
    }

    /// Linux: pte_protnone()
    public static boolean isProtNone(long pte) {
        return (pte & (P | PROT_NONE)) == PROT_NONE;
    }

    public static boolean isWritable(long pte) {
        return (pte & RW) != 0;
    }

    public static boolean isUser(long pte) {
        return (pte & US) != 0;
    }

    public static boolean isAccessed(long pte) {
        return (pte & A) != 0;
    }

    public static boolean isDirty(long pte) {
        return (pte & D) != 0;
    }

    /// In a PUD or PMD: a leaf. The same bit means something else in the other levels.
    public static boolean isLarge(long pte) {
        return (pte & PS) != 0;
    }

    /// Whether an entry of `level` ends the walk.
    public static boolean isLeaf(long pte, Level level) {
        return level == Level.PTE || ((pte & PS) != 0 && level != Level.PGD);
    }

    public static boolean isGlobal(long pte) {
        return (pte & G) != 0;
    }

    public static boolean isNoExecute(long pte) {
        return (pte & NX) != 0;
    }

    public static boolean isSoftDirty(long pte) {
        return (pte & SOFT_DIRTY) != 0;
    }

    public static boolean isSpecial(long pte) {
        return (pte & SOFT_SPECIAL) != 0;
    }

    public static long with(long pte, long flags) {
        return pte | flags;
    }

    public static long without(long pte, long flags) {
        return pte & ~flags;
    }

    /// Linux: pte_mkwrite_novma()
    public static long withWrite(long pte) {
        return pte | RW;
    }

    /// Linux: pte_wrprotect()
    public static long withoutWrite(long pte) {
        return pte & ~RW;
    }

    /// Linux: pte_mkyoung()
    public static long withAccessed(long pte) {
        return pte | A;
    }

    /// Linux: pte_mkold()
    public static long withoutAccessed(long pte) {
        return pte & ~A;
    }

    /// Linux: pte_mkdirty()
    public static long withDirty(long pte) {
        return pte | D;
    }

    /// Linux: pte_mkclean()
    public static long withoutDirty(long pte) {
        return pte & ~D;
    }

    public static long withNoExecute(long pte) {
        return pte | NX;
    }

    public static long withoutNoExecute(long pte) {
        return pte & ~NX;
    }

    public static long withPfn(long pte, long pfn) {
        return (pte & ~FRAME_MASK) | pfn << FRAME_SHIFT;
    }

    /// The same page, out of everybody's reach. Linux: PAGE_NONE
    public static long toProtNone(long pte) {
        return (pte & ~P) | PROT_NONE;
    }

    /// The entry of a page that lives in swap. Linux: __swp_entry()
    public static long makeSwap(int type, long offset) {
        return (long) type << SWAP_TYPE_SHIFT | (~offset & SWAP_OFFSET_MASK) << SWAP_OFFSET_SHIFT;
    }

    /// Not present, not PROT_NONE, not empty. Linux: is_swap_pte()
    public static boolean isSwap(long pte) {
        return pte != 0 && (pte & (P | PROT_NONE)) == 0;
    }

    /// Linux: __swp_type()
    public static int swapType(long pte) {
        return (int) (pte >>> SWAP_TYPE_SHIFT);
    }

    /// Linux: __swp_offset()
    public static long swapOffset(long pte) {
        return ~pte >>> SWAP_OFFSET_SHIFT & SWAP_OFFSET_MASK;
    }
}
