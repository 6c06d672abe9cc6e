package org.mshareemu.mmu.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.phys.PhysicalMemory;

class PageWalkerTest {
    private static final int READ = 0;
    private static final int WRITE = PageFaultError.WRITE;
    private static final int USER = PageFaultError.USER;
    private static final int FETCH = PageFaultError.FETCH;
    private static final long ALL = Pte.P | Pte.RW | Pte.US;
    private static final long VADDR = 0x0000_1234_5678_9abcL;

    /// Tables at fixed frames: PGD 1, PUD 2, PMD 3, PTE 4; data frames are above.
    private static final long ROOT = 0x1000;

    private final PhysicalMemory memory = PhysicalMemory.reserve(1 << 20);
    private final PageWalker walker = new PageWalker(memory, PagingControls.LINUX);

    PageWalkerTest() {
        set(Level.PGD, Pte.make(2, ALL));
        set(Level.PUD, Pte.make(3, ALL));
        set(Level.PMD, Pte.make(4, ALL));
        set(Level.PTE, Pte.make(0x55, ALL));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static long entryPaddr(Level level) {
        return (level.depth() + 1) * 4096L + level.index(VADDR) * 8L;
    }

    private void set(Level level, long entry) {
        memory.writeLong(entryPaddr(level), entry);
    }

    private long get(Level level) {
        return memory.readLong(entryPaddr(level));
    }

    @Test
    void smallLeafTranslatesAndMarksItsWay() {
        long result = walker.walk(ROOT | 0x18, VADDR, READ | USER);
        assertEquals(
                0x55000
                        | WalkResult.READABLE
                        | WalkResult.WRITABLE
                        | WalkResult.EXECUTABLE
                        | WalkResult.USER,
                result);
        for (Level level : Level.values()) {
            assertEquals(Pte.A, get(level) & (Pte.A | Pte.D), level.name());
        }
        assertEquals(Level.PTE, WalkResult.leafLevel(result));
    }

    @Test
    void onlyAWriteSetsDirtyAndOnlyInTheLeaf() {
        assertTrue(!WalkResult.isWriteCacheable(walker.walk(ROOT, VADDR, READ)));
        assertTrue(WalkResult.isWriteCacheable(walker.walk(ROOT, VADDR, WRITE)));
        assertEquals(Pte.A | Pte.D, get(Level.PTE) & (Pte.A | Pte.D));
        assertEquals(Pte.A, get(Level.PMD) & (Pte.A | Pte.D));
        assertTrue(WalkResult.isWriteCacheable(walker.walk(ROOT, VADDR, READ)));
    }

    @Test
    void peekSeesTheSameAndChangesNothing() {
        long seen = walker.peek(ROOT, VADDR, WRITE);
        for (Level level : Level.values()) {
            assertEquals(ALL, Pte.flags(get(level)));
        }
        assertEquals(seen, walker.walk(ROOT, VADDR, WRITE));
    }

    @Test
    void largeLeavesTranslateToTheAddressedFrame() {
        set(Level.PMD, 0x4000_0000L | ALL | Pte.PS | Pte.G | Pte.PAT_LARGE);
        long middle = walker.walk(ROOT, VADDR, READ);
        assertEquals(0x4000_0000L | (VADDR & 0x1f_f000), WalkResult.framePaddr(middle));
        assertEquals(Level.PMD, WalkResult.leafLevel(middle));
        assertTrue((middle & WalkResult.GLOBAL) != 0);
        set(Level.PUD, 0x8000_0000L | ALL | Pte.PS);
        long large = walker.walk(ROOT, VADDR, WRITE);
        assertEquals(0x8000_0000L | (VADDR & 0x3fff_f000), WalkResult.framePaddr(large));
        assertEquals(Level.PUD, WalkResult.leafLevel(large));
        assertEquals(Pte.A | Pte.D, get(Level.PUD) & (Pte.A | Pte.D));
    }

    @Test
    void absentEntryAtEachLevelFaultsThereWithTheAccessBits() {
        for (Level level : Level.values()) {
            long before = get(level);
            set(level, (before & ~Pte.P) | Pte.NX | Pte.FRAME_MASK);
            for (int access : new int[] {READ, WRITE, USER, USER | WRITE, FETCH, USER | FETCH}) {
                long result = walker.walk(ROOT, VADDR, access);
                assertEquals(access, WalkResult.errorCode(result));
                assertEquals(level, WalkResult.faultLevel(result));
            }
            set(level, before);
        }
    }

    @Test
    void rightsOfAllLevelsAreJoined() {
        for (Level level : Level.values()) {
            long before = get(level);
            set(level, before & ~Pte.RW);
            assertEquals(
                    PageFaultError.PRESENT | WRITE | USER,
                    WalkResult.errorCode(walker.walk(ROOT, VADDR, USER | WRITE)));
            assertEquals(
                    PageFaultError.PRESENT | WRITE,
                    WalkResult.errorCode(walker.walk(ROOT, VADDR, WRITE)));
            set(level, before & ~Pte.US);
            assertEquals(
                    PageFaultError.PRESENT | USER,
                    WalkResult.errorCode(walker.walk(ROOT, VADDR, USER)));
            assertTrue(WalkResult.isTranslated(walker.walk(ROOT, VADDR, WRITE)));
            set(level, before | Pte.NX);
            assertEquals(
                    PageFaultError.PRESENT | FETCH,
                    WalkResult.errorCode(walker.walk(ROOT, VADDR, FETCH)));
            assertTrue(!WalkResult.isExecutable(walker.walk(ROOT, VADDR, READ)));
            set(level, before);
        }
    }

    @Test
    void refusedAccessMarksUpperEntriesButNotTheLeaf() {
        set(Level.PTE, Pte.make(0x55, Pte.P | Pte.US));
        walker.walk(ROOT, VADDR, WRITE);
        assertEquals(0, get(Level.PTE) & (Pte.A | Pte.D));
        assertEquals(Pte.A, get(Level.PMD) & Pte.A);
    }

    @Test
    void withoutWriteProtectTheSupervisorWritesReadOnlyPages() {
        PageWalker lax = new PageWalker(memory, new PagingControls(0, PagingControls.EFER_NXE, 46));
        set(Level.PUD, Pte.make(3, Pte.P | Pte.US));
        assertTrue(WalkResult.isWriteCacheable(lax.walk(ROOT, VADDR, WRITE)));
        assertTrue(!WalkResult.isTranslated(lax.walk(ROOT, VADDR, WRITE | USER)));
        assertTrue(!WalkResult.isWritable(lax.walk(ROOT, VADDR, USER)));
    }

    @Test
    void withoutNoExecuteBit63IsReservedAndFetchesAreNotReported() {
        PageWalker old = new PageWalker(memory, new PagingControls(PagingControls.CR0_WP, 0, 46));
        set(Level.PTE, Pte.make(0x55, ALL | Pte.NX));
        assertEquals(
                PageFaultError.PRESENT | PageFaultError.RESERVED | USER,
                WalkResult.errorCode(old.walk(ROOT, VADDR, USER | FETCH)));
        set(Level.PTE, 0);
        assertEquals(USER, WalkResult.errorCode(old.walk(ROOT, VADDR, USER | FETCH)));
    }

    @Test
    void reservedBitsFaultAtEveryLevelBeforeRights() {
        for (Level level : Level.values()) {
            long before = get(level);
            for (int bit = 46; bit < 52; bit++) {
                set(level, (before & ~Pte.US) | 1L << bit);
                assertReserved(level);
            }
            set(level, before);
        }
        set(Level.PGD, Pte.make(2, ALL | Pte.PS));
        assertReserved(Level.PGD);
        set(Level.PGD, Pte.make(2, ALL));
        for (int bit = 13; bit < 30; bit++) {
            set(Level.PUD, ALL | Pte.PS | 1L << bit);
            assertReserved(Level.PUD);
        }
        set(Level.PUD, Pte.make(3, ALL));
        for (int bit = 13; bit < 21; bit++) {
            set(Level.PMD, ALL | Pte.PS | 1L << bit);
            assertReserved(Level.PMD);
        }
    }

    private void assertReserved(Level level) {
        long result = walker.walk(ROOT, VADDR, USER | WRITE);
        assertEquals(
                PageFaultError.PRESENT | PageFaultError.RESERVED | USER | WRITE,
                WalkResult.errorCode(result));
        assertEquals(level, WalkResult.faultLevel(result));
    }

    @Test
    void ignoredBitsAreIgnored() {
        for (Level level : Level.values()) {
            long soft =
                    Pte.SOFT_SPECIAL
                            | Pte.SOFT_UFFD_WP
                            | Pte.SOFT_DIRTY
                            | Pte.PWT
                            | Pte.PCD
                            | 0x7ffL << 52;
            set(level, get(level) | soft);
        }
        set(Level.PTE, get(Level.PTE) | Pte.PAT);
        assertEquals(
                0x55000, WalkResult.framePaddr(walker.walk(ROOT, VADDR, USER | WRITE | FETCH)));
    }

    @Test
    void nonCanonicalAddressesAreNoPageFault() {
        for (long vaddr :
                new long[] {
                    1L << 47, -1L << 48, 0x8000_0000_0000_0000L, (1L << 48) + 5, -1L << 63
                }) {
            assertEquals(WalkResult.NON_CANONICAL, walker.walk(ROOT, vaddr, READ));
            assertEquals(WalkResult.NON_CANONICAL, walker.peek(ROOT, vaddr, READ));
        }
        assertEquals(Level.PGD, WalkResult.faultLevel(walker.walk(ROOT, -1L << 47, READ)));
    }

    /// What a result says of writes, fetches and user accesses is what walks for them then say.
    @Test
    void rightsInAResultAreThoseOfLaterWalks() {
        for (long cr0 : new long[] {0, PagingControls.CR0_WP}) {
            PageWalker some =
                    new PageWalker(memory, new PagingControls(cr0, PagingControls.EFER_NXE, 46));
            for (int subset = 0; subset < 1 << 8; subset++) {
                for (Level level : Level.values()) {
                    int bits = subset >>> (level == Level.PTE ? 4 : level == Level.PMD ? 2 : 0);
                    long entry = Pte.withoutNoExecute(get(level)) & ~(Pte.RW | Pte.US);
                    entry |= (bits & 1) != 0 ? Pte.RW : 0;
                    entry |= (bits & 2) != 0 ? Pte.US : 0;
                    entry |= subset == 77 ? Pte.NX : 0;
                    set(level, entry);
                }
                assertRightsHold(some, READ);
                if (WalkResult.isTranslated(some.peek(ROOT, VADDR, USER))) {
                    assertRightsHold(some, USER);
                }
            }
        }
    }

    private void assertRightsHold(PageWalker some, int who) {
        long result = some.peek(ROOT, VADDR, who);
        assertEquals(
                WalkResult.isWritable(result),
                WalkResult.isTranslated(some.peek(ROOT, VADDR, who | WRITE)));
        assertEquals(
                WalkResult.isExecutable(result),
                WalkResult.isTranslated(some.peek(ROOT, VADDR, who | FETCH)));
        assertEquals(
                WalkResult.isUser(result), WalkResult.isTranslated(some.peek(ROOT, VADDR, USER)));
    }
}
