package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.annotation.HotPath;

/// What a walk found, as one `long`.
///
///     translated:
///     63 62     52 51                       12 11    8 7 6  5 4 3 2 1 0
///     +-+---------+---------------------------+-------+-+----+-+-+-+-+-+
///     |0|    0    | frame of the 4 KiB page   |   0   |G|leaf|D|U|X|W|R|
///     +-+---------+---------------------------+-------+-+----+-+-+-+-+-+
///     R  may be read: always set                    D     the leaf's dirty bit, after this walk
///     W  may be written at the walked privilege     leaf  0 = PTE (4 KiB), 1 = PMD (2 MiB), 2 = PUD (1 GiB)
///     X  may be fetched                             G     the leaf is global
///     U  CPL 3 may access; with CR0.WP set, W then holds for CPL 3 too
///
///     refused:
///     63                         17      16  15  10 9   8 7       5 4   3    2   1   0
///     +-+------------------------+---------+-------+-----+---------+---+----+---+---+-+
///     |1|           0            |canonical|   0   |level|    0    |I/D|RSVD|U/S|W/R|P|
///     +-+------------------------+---------+-------+-----+---------+---+----+---+---+-+
///     level      depth of the level whose entry refused
///     canonical  set only in NON_CANONICAL: #GP, not #PF
///     The low five bits are the error code of SDM Vol. 3A, 4.7.
@HotPath
public final class WalkResult {
    public static final long READABLE = 1 << 0;
    public static final long WRITABLE = 1 << 1;
    public static final long EXECUTABLE = 1 << 2;
    public static final long USER = 1 << 3;
    public static final long DIRTY = 1 << 4;
    public static final long GLOBAL = 1 << 7;

    /// The address is not canonical: the processor raises #GP (#SS for the stack), there is no page
    /// fault.
    public static final long NON_CANONICAL = Long.MIN_VALUE | 1 << 16;

    static final int LEAF_SHIFT = 5;
    private static final int LEVEL_SHIFT = 8;
    private static final int ERROR_CODE_MASK = 0x1f;

    private WalkResult() {}

    static long fault(int errorCode, int levelDepth) {
        return Long.MIN_VALUE | (long) levelDepth << LEVEL_SHIFT | errorCode;
    }

    public static boolean isTranslated(long result) {
        return result >= 0;
    }

    /// Physical address of the 4 KiB frame that holds the walked address, inside a large leaf too.
    public static long framePaddr(long result) {
        return result & Pte.FRAME_MASK;
    }

    public static long pfn(long result) {
        return (result & Pte.FRAME_MASK) >>> 12;
    }

    public static boolean isWritable(long result) {
        return (result & WRITABLE) != 0;
    }

    public static boolean isExecutable(long result) {
        return (result & EXECUTABLE) != 0;
    }

    public static boolean isUser(long result) {
        return (result & USER) != 0;
    }

    public static boolean isDirty(long result) {
        return (result & DIRTY) != 0;
    }

    /// A TLB may let writes through without another walk: they are allowed and the dirty bit is
    /// already set.
    public static boolean isWriteCacheable(long result) {
        return (result & (WRITABLE | DIRTY)) == (WRITABLE | DIRTY);
    }

    /// The level of the leaf that translated.
    public static Level leafLevel(long result) {
        return Level.ofDepth(Level.PTE.depth() - (int) (result >>> LEAF_SHIFT & 3));
    }

    /// The page-fault error code; only when refused and canonical.
    public static int errorCode(long result) {
        return (int) result & ERROR_CODE_MASK;
    }

    /// The level whose entry refused; only when refused and canonical.
    public static Level faultLevel(long result) {
        return Level.ofDepth((int) (result >>> LEVEL_SHIFT & 3));
    }
}
