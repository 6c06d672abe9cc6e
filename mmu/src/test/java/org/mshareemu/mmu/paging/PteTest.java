package org.mshareemu.mmu.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PteTest {
    private static final long[] FLAGS = {
        Pte.P,
        Pte.RW,
        Pte.US,
        Pte.PWT,
        Pte.PCD,
        Pte.A,
        Pte.D,
        Pte.PS,
        Pte.G,
        Pte.SOFT_SPECIAL,
        Pte.SOFT_UFFD_WP,
        Pte.SOFT_DIRTY,
        Pte.SOFT_52,
        Pte.SOFT_58,
        Pte.NX
    };

    /// Every subset of the flags goes in and comes out, whatever the frame.
    @Test
    void everyFlagSubsetSurvivesWithEveryFrameSize() {
        for (int subset = 0; subset < 1 << FLAGS.length; subset++) {
            long flags = 0;
            for (int i = 0; i < FLAGS.length; i++) {
                flags |= (subset >>> i & 1) == 0 ? 0 : FLAGS[i];
            }
            for (long pfn : new long[] {0, 1, 0xff_ffff_ffffL}) {
                long pte = Pte.make(pfn, flags);
                assertEquals(pfn, Pte.pfn(pte));
                assertEquals(flags, Pte.flags(pte));
                assertEquals((flags & Pte.P) != 0, Pte.isPresent(pte));
                assertEquals((flags & Pte.RW) != 0, Pte.isWritable(pte));
                assertEquals((flags & Pte.D) != 0, Pte.isDirty(pte));
                assertEquals((flags & Pte.NX) != 0, Pte.isNoExecute(pte));
                assertEquals(pte & ~Pte.RW, Pte.withoutWrite(pte));
                assertEquals(Pte.make(77, flags), Pte.withPfn(pte, 77));
            }
        }
    }

    @Test
    void swapEntriesAreLinuxsToTheBit() {
        // arch/x86/include/asm/pgtable_64.h: type in bits 59-63, inverted offset in bits 9-58.
        assertEquals(0x07ff_ffff_ffff_fe00L, Pte.makeSwap(0, 0));
        assertEquals(0x1fff_ffff_ffff_fc00L, Pte.makeSwap(3, 1));
        for (int type = 0; type < Pte.SWAP_TYPES; type++) {
            for (long offset : new long[] {0, 1, 0x12345, (1L << 50) - 2}) {
                long pte = Pte.makeSwap(type, offset);
                assertTrue(Pte.isSwap(pte) && !Pte.isPresent(pte) && !Pte.isMapped(pte));
                assertEquals(type, Pte.swapType(pte));
                assertEquals(offset, Pte.swapOffset(pte));
            }
        }
    }

    @Test
    void protNoneKeepsTheFrameOutOfReach() {
        long pte = Pte.toProtNone(Pte.make(9, Pte.P | Pte.US | Pte.D));
        assertFalse(Pte.isPresent(pte));
        assertTrue(Pte.isMapped(pte) && Pte.isProtNone(pte) && Pte.isDirty(pte));
        assertFalse(Pte.isSwap(pte));
        assertEquals(9, Pte.pfn(pte));
        assertFalse(Pte.isProtNone(Pte.make(9, Pte.P | Pte.G)));
    }

    @Test
    void levelsSplitAnAddressAsTheManualDraws() {
        long vaddr = 0x1ffL << 39 | 0x1L << 30 | 0x2L << 21 | 0x3L << 12 | 0x456;
        assertEquals(0x1ff, Level.PGD.index(vaddr));
        assertEquals(1, Level.PUD.index(vaddr));
        assertEquals(2, Level.PMD.index(vaddr));
        assertEquals(3, Level.PTE.index(vaddr));
        assertEquals(1L << 48, Level.PGD.tableSpan());
        assertEquals(Level.PUD.entrySpan(), Level.PMD.tableSpan());
        assertEquals(0x20_0000, Level.PMD.entrySpan());
        assertEquals(vaddr & -4096, Level.PTE.alignDown(vaddr));
    }

    @Test
    void largeLeafsPatBitIsNoAddressBit() {
        assertEquals(
                0x4020_0000L,
                Pte.leafPaddr(0x4020_0000L | Pte.PAT_LARGE | Pte.PS | Pte.P, Level.PMD));
    }
}
