package org.mshareemu.mmu.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.MmuBug;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

class PageTablesTest {
    private static final long USER_RW = Pte.P | Pte.RW | Pte.US;
    private static final long GIB = 1L << 30;
    private static final long SLOT = 1L << 39;

    private final PhysicalMemory memory = PhysicalMemory.reserve(64 << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    private final PageTables tables = new PageTables(memory, allocator, frames);

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    @Test
    void mappingAllocatesOneTablePerLevelAndFindsItAgain() {
        long root = tables.allocRoot();
        assertEquals(PageTables.NONE, tables.findEntry(root, 0x401000, Level.PTE));
        assertTrue(tables.map(root, 0x401000, Level.PTE, Pte.make(5, USER_RW)));
        assertEquals(3, tables.tableCount(root));
        long entryPaddr = tables.findEntry(root, 0x401000, Level.PTE);
        assertEquals(Pte.make(5, USER_RW), tables.read(entryPaddr));
        assertEquals(entryPaddr, tables.allocEntry(root, 0x401fff, Level.PTE));
        assertEquals(
                Pte.TABLE_FLAGS,
                Pte.flags(tables.read(tables.findEntry(root, 0x401000, Level.PMD))));
        assertEquals(4, allocator.usedFrames(FrameUse.PAGE_TABLE));
    }

    @Test
    void largeLeafEndsTheSearchAndBlocksSmallerEntries() {
        long root = tables.allocRoot();
        tables.map(root, 2 * GIB, Level.PUD, Pte.make(0, USER_RW | Pte.PS));
        assertEquals(PageTables.NONE, tables.findEntry(root, 2 * GIB + 4096, Level.PTE));
        assertThrows(MmuBug.class, () -> tables.allocEntry(root, 2 * GIB + 4096, Level.PTE));
        long leaf = tables.findLeaf(root, 2 * GIB + 4096);
        assertEquals(Level.PUD, LeafRef.level(leaf));
        assertEquals(tables.findEntry(root, 2 * GIB, Level.PUD), LeafRef.entryPaddr(leaf));
        assertEquals(Level.PGD, LeafRef.level(tables.findLeaf(root, SLOT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void outOfMemoryLosesNothing(int failing) {
        long root = tables.allocRoot();
        allocator.failAfter(failing);
        assertFalse(tables.map(root, 0x1000, Level.PTE, USER_RW));
        assertEquals(failing - 1, tables.tableCount(root));
        assertTrue(tables.map(root, 0x1000, Level.PTE, USER_RW));
        tables.write(tables.findEntry(root, 0x1000, Level.PTE), 0);
        assertEquals(3, tables.freeTables(root, 0x1000, 0x2000, allocator::put));
        tables.freeRoot(root);
        assertEquals(0, allocator.usedFrames());
    }

    @Test
    void leavesComeInAddressOrderWithSwapEntriesAndWithinTheRange() {
        long root = tables.allocRoot();
        long swap = Pte.makeSwap(3, 0x1234);
        tables.map(root, 0x1000, Level.PTE, Pte.make(1, USER_RW));
        tables.map(root, 0x2000, Level.PTE, swap);
        tables.map(root, 0x3000, Level.PTE, Pte.toProtNone(Pte.make(3, USER_RW)));
        tables.map(root, 0x400000, Level.PMD, Pte.make(512, USER_RW | Pte.PS));
        tables.map(root, SLOT * 255, Level.PTE, Pte.make(9, USER_RW));
        List<String> seen = new ArrayList<>();
        LeafVisitor visitor =
                (vaddr, level, entryPaddr, pte) -> {
                    assertEquals(pte, tables.read(entryPaddr));
                    seen.add(Long.toHexString(vaddr) + " " + level + " " + Pte.isSwap(pte));
                };
        tables.forEachLeaf(root, 0, PageTables.ADDRESS_END, visitor);
        assertEquals(
                List.of(
                        "1000 PTE false",
                        "2000 PTE true",
                        "3000 PTE false",
                        "400000 PMD false",
                        "7f8000000000 PTE false"),
                seen);
        seen.clear();
        tables.forEachLeaf(root, 0x2000, 0x3000, visitor);
        tables.forEachLeaf(root, 0x5ff000, 0x600000, visitor);
        tables.forEachLeaf(root, 0x600000, SLOT, visitor);
        assertEquals(List.of("2000 PTE true", "400000 PMD false"), seen);
    }

    @Test
    void floorAndCeilingKeepTablesOfTheNeighbours() {
        long root = tables.allocRoot();
        tables.allocEntry(root, 0x1000, Level.PTE);
        tables.allocEntry(root, 0x200000, Level.PTE);
        assertEquals(0, tables.freeTables(root, 0x1000, 0x2000, 0x1000, 0x200000, allocator::put));
        assertEquals(1, tables.freeTables(root, 0x1000, 0x2000, 0, 0x200000, allocator::put));
        assertEquals(3, tables.tableCount(root));
        assertEquals(3, tables.freeTables(root, 0, PageTables.ADDRESS_END, allocator::put));
    }

    @Test
    void tablesWithEntriesStay() {
        long root = tables.allocRoot();
        tables.map(root, 0x1000, Level.PTE, Pte.makeSwap(0, 1));
        assertEquals(0, tables.freeTables(root, 0, PageTables.ADDRESS_END, allocator::put));
        assertEquals(3, tables.tableCount(root));
        assertThrows(MmuBug.class, () -> tables.freeRoot(root));
    }

    @Test
    void linkSharesTheHostsTableAndCountsEachEntry() {
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        assertEquals(
                LinkOutcome.HOST_EMPTY, tables.linkTable(guest, 3 * SLOT, Level.PGD, host, SLOT));
        tables.map(host, SLOT + 0x5000, Level.PTE, Pte.make(7, USER_RW));
        long pudPfn = Pte.pfn(tables.read(tables.findEntry(host, SLOT, Level.PGD)));
        assertEquals(
                LinkOutcome.LINKED,
                tables.linkTable(guest, 3 * SLOT + 0x5000, Level.PGD, host, SLOT + 0x5000));
        assertEquals(
                LinkOutcome.ALREADY_LINKED,
                tables.linkTable(guest, 3 * SLOT, Level.PGD, host, SLOT));
        assertEquals(LinkOutcome.LINKED, tables.linkTable(guest, 4 * SLOT, Level.PGD, host, SLOT));
        assertEquals(2, frames.shareCount(pudPfn));
        assertEquals(
                Pte.make(7, USER_RW),
                tables.read(tables.findEntry(guest, 3 * SLOT + 0x5000, Level.PTE)));
        assertEquals(List.of(0, 3), List.of(tables.tableCount(guest), tables.tableCount(host)));
        // A table made through the link belongs to the host.
        tables.map(guest, 3 * SLOT + GIB, Level.PTE, Pte.make(8, USER_RW));
        assertEquals(List.of(0, 5), List.of(tables.tableCount(guest), tables.tableCount(host)));
        assertTrue(tables.unlinkTable(guest, 3 * SLOT + 12345, Level.PGD));
        assertFalse(tables.unlinkTable(guest, 3 * SLOT, Level.PGD));
        assertEquals(1, frames.shareCount(pudPfn));
        assertTrue(tables.unlinkTable(guest, 4 * SLOT, Level.PGD));
        assertEquals(0, frames.shareCount(pudPfn));
        tables.freeRoot(guest);
    }

    @Test
    void privateTableIsNeitherReplacedNorUnlinked() {
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        tables.map(host, SLOT, Level.PTE, Pte.make(7, USER_RW));
        tables.map(guest, SLOT, Level.PTE, Pte.make(9, USER_RW));
        assertEquals(LinkOutcome.CONFLICT, tables.linkTable(guest, SLOT, Level.PGD, host, SLOT));
        assertFalse(tables.unlinkTable(guest, SLOT, Level.PGD));
        assertEquals(Pte.make(9, USER_RW), tables.read(tables.findEntry(guest, SLOT, Level.PTE)));
    }

    @Test
    void linkedTableOutlivesItsContentAndIsReusedWithoutRelinking() {
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        tables.map(host, SLOT, Level.PTE, Pte.make(7, USER_RW));
        tables.linkTable(guest, 0, Level.PGD, host, SLOT);
        tables.write(tables.findEntry(host, SLOT, Level.PTE), 0);
        List<Long> freed = new ArrayList<>();
        assertEquals(2, tables.freeTables(host, SLOT, 2 * SLOT, freed::add));
        freed.forEach(allocator::put);
        assertEquals(1, tables.tableCount(host));
        assertEquals(
                tables.read(tables.findEntry(host, SLOT, Level.PGD)),
                tables.read(tables.findEntry(guest, 0, Level.PGD)));
        assertThrows(MmuBug.class, () -> tables.freeRoot(host));
        tables.map(host, SLOT + 0x1000, Level.PTE, Pte.make(8, USER_RW));
        assertEquals(Pte.make(8, USER_RW), tables.read(tables.findEntry(guest, 0x1000, Level.PTE)));
    }

    @Test
    void freeingThroughALinkIsABug() {
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        tables.map(host, SLOT, Level.PTE, Pte.make(7, USER_RW));
        tables.linkTable(guest, 0, Level.PGD, host, SLOT);
        assertThrows(MmuBug.class, () -> tables.freeTables(guest, 0, SLOT, allocator::put));
        assertThrows(MmuBug.class, () -> tables.freeRoot(guest));
        assertEquals(0, tables.freeTables(guest, SLOT, PageTables.ADDRESS_END, allocator::put));
    }

    @Test
    void lowerLevelsLinkToo() {
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        tables.map(host, 0, Level.PTE, Pte.make(7, USER_RW));
        assertEquals(LinkOutcome.LINKED, tables.linkTable(guest, GIB, Level.PUD, host, 0));
        assertEquals(LinkOutcome.LINKED, tables.linkTable(guest, 2 * GIB, Level.PMD, host, 0));
        assertEquals(Pte.make(7, USER_RW), tables.read(tables.findEntry(guest, GIB, Level.PTE)));
        assertEquals(
                Pte.make(7, USER_RW), tables.read(tables.findEntry(guest, 2 * GIB, Level.PTE)));
        assertEquals(2, tables.tableCount(guest));
        assertTrue(tables.unlinkTable(guest, GIB, Level.PUD));
        assertTrue(tables.unlinkTable(guest, 2 * GIB, Level.PMD));
        assertEquals(2, tables.freeTables(guest, 0, PageTables.ADDRESS_END, allocator::put));
        tables.freeRoot(guest);
        assertEquals(3, tables.tableCount(host));
    }

    @Test
    void tablesAreVisitedTopDown() {
        long root = tables.allocRoot();
        tables.allocEntry(root, 0x1000, Level.PTE);
        tables.allocEntry(root, GIB, Level.PMD);
        List<String> seen = new ArrayList<>();
        tables.forEachTable(
                root,
                0,
                PageTables.ADDRESS_END,
                (vaddr, level, pfn, _) -> seen.add(level + " " + Long.toHexString(vaddr)));
        assertEquals(List.of("PGD 0", "PUD 0", "PMD 0", "PTE 0", "PMD 40000000"), seen);
        seen.clear();
        tables.forEachTable(
                root,
                0,
                PageTables.ADDRESS_END,
                (_, level, _, _) -> {
                    seen.add(level.name());
                    return level != Level.PUD;
                });
        assertEquals(List.of("PGD", "PUD"), seen);
    }

    /// Random maps, unmaps and table frees, compared with a sorted map after every step.
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void randomUseAgreesWithASortedMap(long seed) {
        Random random = new Random(seed);
        long root = tables.allocRoot();
        NavigableMap<Long, Long> model = new TreeMap<>();
        for (int step = 0; step < 3000; step++) {
            long vaddr = randomAddress(random);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long pte =
                            random.nextInt(8) == 0
                                    ? Pte.makeSwap(random.nextInt(32), random.nextLong() & 0xfffff)
                                    : Pte.make(
                                            random.nextInt(1 << 20),
                                            USER_RW | (random.nextLong() & Pte.NX));
                    assertTrue(tables.map(root, vaddr, Level.PTE, pte));
                    model.put(vaddr, pte);
                }
                case 2 -> {
                    long end =
                            Math.min(
                                    vaddr + (1L << (12 + random.nextInt(28))),
                                    PageTables.ADDRESS_END);
                    tables.forEachLeaf(
                            root, vaddr, end, (_, _, entryPaddr, _) -> tables.write(entryPaddr, 0));
                    model.subMap(vaddr, end).clear();
                    if (random.nextBoolean()) {
                        tables.freeTables(root, vaddr, end, allocator::put);
                    }
                }
                default -> {
                    long entryPaddr = tables.findEntry(root, vaddr, Level.PTE);
                    assertEquals(
                            model.getOrDefault(vaddr, 0L),
                            entryPaddr < 0 ? 0L : tables.read(entryPaddr));
                }
            }
        }
        Map<Long, Long> seen = new TreeMap<>();
        tables.forEachLeaf(
                root, 0, PageTables.ADDRESS_END, (vaddr, _, _, pte) -> seen.put(vaddr, pte));
        assertEquals(model, seen);
        assertEquals(tables.tableCount(root) + 1, allocator.usedFrames());
        tables.forEachLeaf(
                root,
                0,
                PageTables.ADDRESS_END,
                (_, _, entryPaddr, _) -> tables.write(entryPaddr, 0));
        tables.freeTables(root, 0, PageTables.ADDRESS_END, allocator::put);
        tables.freeRoot(root);
        assertEquals(0, allocator.usedFrames());
    }

    /// Addresses that meet often: few values per level.
    private static long randomAddress(Random random) {
        return (random.nextInt(3) * 100L) << 39
                | (random.nextInt(3) * 255L) << 30
                | (random.nextInt(3) * 200L) << 21
                | (random.nextInt(4) * 170L) << 12;
    }

    @Test
    void listenerSeesEveryChange() {
        List<String> seen = new ArrayList<>();
        tables.setListener(
                new PageTableListener() {
                    @Override
                    public void entryWritten(long entryPaddr, long before, long after) {
                        seen.add("write " + (before == 0) + " " + (after == 0));
                    }

                    @Override
                    public void tableAllocated(long ownerRoot, long tablePfn, Level level) {
                        seen.add("alloc " + level);
                    }

                    @Override
                    public void tableFreed(long ownerRoot, long tablePfn, Level level) {
                        seen.add("free " + level);
                    }

                    @Override
                    public void tableLinked(long root, long vaddr, Level level, long tablePfn) {
                        seen.add("link " + vaddr);
                    }

                    @Override
                    public void tableUnlinked(long root, long vaddr, Level level, long tablePfn) {
                        seen.add("unlink " + vaddr);
                    }
                });
        long host = tables.allocRoot();
        long guest = tables.allocRoot();
        tables.allocEntry(host, 0, Level.PUD);
        tables.linkTable(guest, 0, Level.PGD, host, 0);
        tables.unlinkTable(guest, 0, Level.PGD);
        tables.freeTables(host, 0, 4096, allocator::put);
        tables.freeRoot(host);
        assertEquals(
                List.of(
                        "alloc PGD",
                        "alloc PGD",
                        "alloc PUD",
                        "write true false",
                        "write true false",
                        "link 0",
                        "write false true",
                        "unlink 0",
                        "write false true",
                        "free PUD",
                        "free PGD"),
                seen);
    }
}
