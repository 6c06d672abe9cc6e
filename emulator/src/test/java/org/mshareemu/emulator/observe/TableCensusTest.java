package org.mshareemu.emulator.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.List;

class TableCensusTest {
    private static final long DATA = Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D | Pte.NX;

    private final PhysicalMemory memory = PhysicalMemory.reserve(16 << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    private final PageTables tables = new PageTables(memory, allocator, frames);

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    @Test
    void sharedTablesAreCountedOnceAndWouldBeCopiedPerRoot() {
        long host = tables.allocRoot();
        tables.map(host, 1L << 39, Level.PTE, Pte.make(0x100, DATA));
        tables.map(host, 1L << 39 | 1L << 21, Level.PTE, Pte.make(0x101, DATA));
        long first = tables.allocRoot();
        long second = tables.allocRoot();
        tables.map(first, 0x400000, Level.PTE, Pte.make(0x102, DATA));
        tables.linkTable(first, 4L << 39, Level.PGD, host, 1L << 39);
        tables.linkTable(second, 6L << 39, Level.PGD, host, 1L << 39);
        TableCensus census = new TableCensus(memory, frames);
        census.add("first", first);
        census.add("second", second);

        long pud = Pte.pfn(tables.read(tables.findEntry(host, 1L << 39, Level.PGD)));
        long own = tables.read(tables.findEntry(first, 0x400000, Level.PGD));
        long link = tables.read(tables.findEntry(first, 4L << 39, Level.PGD));
        // The host's PUD, PMD and two PTE tables.
        assertEquals(
                List.of(
                        new TableCensus.Root(
                                "first",
                                4,
                                4,
                                List.of(
                                        new TableCensus.TopEntry(0, own, Pte.pfn(own), 0),
                                        new TableCensus.TopEntry(4, link, pud, 2))),
                        new TableCensus.Root(
                                "second",
                                1,
                                4,
                                List.of(new TableCensus.TopEntry(6, link, pud, 2)))),
                census.roots());
        assertEquals(4, census.sharedTables());
        assertEquals(9, census.tablesWithSharing());
        assertEquals(13, census.tablesWithoutSharing());
        assertEquals(
                allocator.usedFrames(FrameUse.PAGE_TABLE) - 1,
                census.tablesWithSharing(),
                "all but the host's PGD");
    }
}
