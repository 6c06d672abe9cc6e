package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.annotation.HotPath;

/// A level of the page tables, top down, by its Linux name. With four levels the P4D is folded into the PGD.
///
///     63      48 47     39 38     30 29     21 20     12 11         0
///     sign of 47 |   PGD   |   PUD   |   PMD   |   PTE   |   offset
///                | 512 GiB |  1 GiB  |  2 MiB  |  4 KiB  |             spanned by one entry
///
/// SDM Vol. 3A, 4.5 calls them PML4, page-directory-pointer table, page directory and page table.
public enum Level {
    PGD(0, 39),
    PUD(1, 30),
    PMD(2, 21),
    PTE(3, 12);

    /// Entries in a table of any level. Linux: PTRS_PER_PTE
    public static final int ENTRIES = 512;

    private static final Level[] LEVELS = values();

    private final int depth;
    private final int shift;

    Level(int depth, int shift) {
        this.depth = depth;
        this.shift = shift;
    }

    /// The level with `depth` levels above it: 0 = PGD.
    @HotPath
    public static Level ofDepth(int depth) {
        return LEVELS[depth];
    }

    /// How many levels are above: 0 = PGD.
    @HotPath
    public int depth() {
        return depth;
    }

    /// The lowest address bit that selects an entry of this level. Linux: PGDIR_SHIFT, PUD_SHIFT, …
    @HotPath
    public int shift() {
        return shift;
    }

    /// Bytes of address space that one entry spans. Linux: PGDIR_SIZE, PUD_SIZE, …
    @HotPath
    public long entrySpan() {
        return 1L << shift;
    }

    /// Bytes of address space that a whole table spans.
    @HotPath
    public long tableSpan() {
        return 1L << (shift + 9);
    }

    /// Which entry of a table serves `vaddr`. Linux: pgd_index(), pud_index(), …
    @HotPath
    public int index(long vaddr) {
        return (int) (vaddr >>> shift) & ENTRIES - 1;
    }

    /// The start of the span of `vaddr`'s entry.
    @HotPath
    public long alignDown(long vaddr) {
        return vaddr & -(1L << shift);
    }

    /// Whether an entry of this level may be a leaf.
    public boolean canBeLeaf() {
        return this != PGD;
    }

    /// The next level down; a PTE has none.
    @HotPath
    public Level below() {
        return LEVELS[depth + 1];
    }
}
