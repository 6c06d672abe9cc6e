package org.mshareemu.tests.mmu;

import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.Random;

/// Random but mostly sensible page tables: one PGD and a few tables of each lower level, all
/// entries filled.
///
/// Tables lie in the first 2 MiB, leaves above; a table's frame number fixes its level, so that
/// every path is a proper one.
final class RandomTables {
    static final long FIRST_PADDR = OracleCpu.FIRST_FREE_PADDR;
    static final long ROOT = FIRST_PADDR;

    private static final int PUD_TABLES = 3;
    private static final int PMD_TABLES = 4;
    private static final int PTE_TABLES = 6;
    private static final long FIRST_PUD = FIRST_PADDR + 4096;
    private static final long FIRST_PMD = FIRST_PUD + PUD_TABLES * 4096;
    private static final long FIRST_PTE = FIRST_PMD + PMD_TABLES * 4096;

    static final long END_PADDR = FIRST_PTE + PTE_TABLES * 4096;

    /// Physical memory in which all leaves lie.
    static final long MEMORY_BYTES = 4L << 30;

    private final Random random;
    private final int physicalAddressBits;

    RandomTables(Random random, int physicalAddressBits) {
        this.random = random;
        this.physicalAddressBits = physicalAddressBits;
    }

    /// Fills all tables anew, the same in both memories.
    void fill(PhysicalMemory first, PhysicalMemory second) {
        for (long paddr = FIRST_PADDR; paddr < END_PADDR; paddr += 8) {
            Level level =
                    paddr < FIRST_PUD
                            ? Level.PGD
                            : paddr < FIRST_PMD
                                    ? Level.PUD
                                    : paddr < FIRST_PTE ? Level.PMD : Level.PTE;
            long entry =
                    paddr == ROOT + OracleCpu.STUB_SLOT * 8L ? OracleCpu.stubEntry() : entry(level);
            first.writeLong(paddr, entry);
            second.writeLong(paddr, entry);
        }
    }

    private long entry(Level level) {
        if (oneIn(25)) {
            // Not present: nothing else may matter.
            return random.nextLong() & ~Pte.P;
        }
        long entry =
                Pte.P
                        | (random.nextLong()
                                & (Pte.PWT
                                        | Pte.PCD
                                        | Pte.A
                                        | Pte.D
                                        | Pte.G
                                        | 0x7ff0_0000_0000_0e00L));
        entry |= oneIn(6) ? 0 : Pte.RW;
        entry |= oneIn(8) ? 0 : Pte.US;
        entry |= oneIn(14) ? Pte.NX : 0;
        if (oneIn(60)) {
            entry |= 1L << (physicalAddressBits + random.nextInt(52 - physicalAddressBits));
        }
        return entry | target(level);
    }

    private long target(Level level) {
        return switch (level) {
            // A page of 512 GiB at 0 would be a proper one, if there were such.
            case PGD -> oneIn(80) ? Pte.PS : table(FIRST_PUD, PUD_TABLES);
            case PUD -> oneIn(5) ? largeLeaf(Level.PUD, 1, 4) : table(FIRST_PMD, PMD_TABLES);
            case PMD -> oneIn(4) ? largeLeaf(Level.PMD, 1, 2048) : table(FIRST_PTE, PTE_TABLES);
            case PTE ->
                    (512 + random.nextLong(MEMORY_BYTES / 4096 - 512)) << 12
                            | (random.nextLong() & Pte.PAT);
        };
    }

    private long table(long first, int count) {
        return first + random.nextInt(count) * 4096L;
    }

    private long largeLeaf(Level level, int first, int end) {
        long leaf =
                (long) random.nextInt(first, end) << level.shift()
                        | Pte.PS
                        | (random.nextLong() & Pte.PAT_LARGE);
        return oneIn(12) ? leaf | 1L << random.nextInt(13, level.shift()) : leaf;
    }

    /// An address aligned to 8 bytes, seldom not canonical, never that of the oracle's own code.
    long vaddr() {
        while (true) {
            long vaddr = random.nextLong() & -8L;
            if (!oneIn(40)) {
                vaddr = vaddr << 16 >> 16;
            }
            if (Level.PGD.index(vaddr) != OracleCpu.STUB_SLOT) {
                return vaddr;
            }
        }
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
