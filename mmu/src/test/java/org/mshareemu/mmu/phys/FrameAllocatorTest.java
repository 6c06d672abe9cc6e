package org.mshareemu.mmu.phys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class FrameAllocatorTest {
    private static final int FRAMES = 4096;

    private final PhysicalMemory memory = PhysicalMemory.reserve(FRAMES * 4096L);
    private final FrameTable frames = FrameTable.reserve(FRAMES);
    private final FrameAllocator checked = new FrameAllocator(memory, frames, Checking.ON);

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    @Test
    void everyFrameButZeroIsHandedOutOnceAndThenNone() {
        Set<Long> seen = new HashSet<>();
        for (int i = 1; i < FRAMES; i++) {
            assertTrue(seen.add(checked.allocate(FrameUse.ANON)));
        }
        assertEquals(FrameAllocator.NO_FRAME, checked.allocate(FrameUse.ANON));
        assertTrue(!seen.contains(0L) && !seen.contains((long) FRAMES));
        assertEquals(0, checked.freeFrames());
    }

    @ParameterizedTest
    @EnumSource(Checking.class)
    void recycledFramesAreZero(Checking checking) {
        FrameAllocator allocator = new FrameAllocator(memory, frames, checking);
        long pfn = allocator.allocate(FrameUse.ANON);
        memory.fill(pfn << 12, 4096, (byte) 0x42);
        frames.setPrivateData(pfn, 1);
        frames.setPrivateInt(pfn, 2);
        frames.setFlags(pfn, FrameTable.DIRTY | FrameTable.KERNEL_FLAG_LAST);
        allocator.put(pfn);
        assertEquals(pfn, allocator.allocate(FrameUse.KERNEL));
        for (int offset = 0; offset < 4096; offset += 8) {
            assertEquals(0, memory.readLong((pfn << 12) + offset));
        }
        assertEquals(
                List.of(0L, 0L, 0L, 1L),
                List.of(
                        frames.privateData(pfn),
                        (long) frames.privateInt(pfn),
                        (long) frames.flags(pfn),
                        (long) frames.refCount(pfn)));
    }

    @Test
    void freedFramesArePoisonedWhenChecking() {
        long pfn = checked.allocate(FrameUse.ANON);
        checked.put(pfn);
        assertEquals(0xCCCCCCCCCCCCCCCCL, memory.readLong(pfn << 12));
        assertEquals(0xCCCCCCCCCCCCCCCCL, memory.readLong((pfn << 12) + 4088));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2048, 4095})
    void writeToAFreeFrameIsFoundAndNamed(int offset) {
        long pfn = checked.allocate(FrameUse.ANON);
        checked.put(pfn);
        memory.writeByte((pfn << 12) + offset, (byte) 0);
        MmuBug bug = assertThrows(MmuBug.class, () -> checked.allocate(FrameUse.ANON));
        assertEquals(
                "frame 0x1: written while free, first at offset 0x" + Integer.toHexString(offset),
                bug.getMessage());
    }

    @Test
    void referencesAreCountedAndMisuseNamesTheFrame() {
        long pfn = checked.allocate(FrameUse.ANON);
        checked.get(pfn);
        frames.get(pfn);
        assertEquals(3, frames.refCount(pfn));
        checked.put(pfn);
        checked.put(pfn);
        assertEquals(FrameUse.ANON, frames.use(pfn));
        checked.put(pfn);
        assertEquals(FrameUse.FREE, frames.use(pfn));
        assertEquals(
                "frame 0x1: reference dropped on a free frame",
                assertThrows(MmuBug.class, () -> checked.put(pfn)).getMessage());
        assertEquals(
                "frame 0x1: reference taken on a free frame",
                assertThrows(MmuBug.class, () -> checked.get(pfn)).getMessage());
        assertThrows(MmuBug.class, () -> checked.put(0));
    }

    @Test
    void framesStillMappedOrLinkedAreNotFreed() {
        long mapped = checked.allocate(FrameUse.ANON);
        frames.incrementMapCount(mapped);
        assertThrows(MmuBug.class, () -> checked.put(mapped));
        long linked = checked.allocate(FrameUse.PAGE_TABLE);
        frames.incrementShareCount(linked);
        assertThrows(MmuBug.class, () -> checked.put(linked));
        assertThrows(MmuBug.class, () -> frames.decrementMapCount(linked));
    }

    @Test
    void executedFrameIsAnnouncedBeforePoisonAndBeforeReuse() {
        List<String> events = new ArrayList<>();
        long pfn = checked.allocate(FrameUse.ANON);
        memory.writeByte(pfn << 12, (byte) 0x90);
        frames.setWriteListener(
                written -> events.add(written + ":" + memory.readByte(written << 12)));
        frames.noteHostWrite(pfn);
        frames.setFlags(pfn, FrameTable.EXECUTED);
        checked.put(pfn);
        assertEquals(List.of("1:-112"), events);
        checked.allocate(FrameUse.ANON);
        assertEquals(List.of("1:-112", "1:-52"), events);
        assertTrue(frames.hasFlags(pfn, FrameTable.EXECUTED));
    }

    @Test
    void injectedFailuresHitTheNamedAllocation() {
        checked.failAfter(2);
        assertEquals(List.of(1L, -1L, 2L), List.of(take(), take(), take()));
        checked.failAfter(2, FailureMode.FROM_THEN_ON);
        assertEquals(List.of(3L, -1L, -1L), List.of(take(), take(), take()));
        checked.failAfter(0);
        assertEquals(4, take());
    }

    private long take() {
        return checked.allocate(FrameUse.ANON);
    }

    @Test
    void contiguousBlocksAreAlignedAndShareOneReference() {
        take();
        long head = checked.allocateContiguous(9, FrameUse.HUGETLB);
        assertEquals(512, head);
        checked.get(head + 17);
        assertEquals(2, frames.refCount(head + 511));
        assertEquals(
                List.of(head, 9L), List.of(frames.head(head + 3), (long) frames.order(head + 3)));
        checked.put(head);
        checked.put(head + 3);
        assertEquals(FrameUse.FREE, frames.use(head + 511));
        assertEquals(1, checked.usedFrames());
    }

    @Test
    void countersFollowUse() {
        long pfn = take();
        long head = checked.allocateContiguous(3, FrameUse.PAGE_CACHE);
        checked.changeUse(head, FrameUse.SHMEM);
        checked.put(pfn);
        assertEquals(
                List.of(0L, 0L, 8L, 8L, 9L, FRAMES - 9L),
                List.of(
                        checked.usedFrames(FrameUse.ANON),
                        checked.usedFrames(FrameUse.PAGE_CACHE),
                        checked.usedFrames(FrameUse.SHMEM),
                        checked.usedFrames(),
                        checked.peakFrames(),
                        checked.freeFrames()));
    }

    @Test
    void freeListenerSeesTheLastOwnersWords() {
        List<String> events = new ArrayList<>();
        checked.setFreeListener((pfn, order, use) ->
                events.add(pfn + " " + order + " " + use + " " + frames.privateData(pfn)));
        long head = checked.allocateContiguous(1, FrameUse.PAGE_CACHE);
        frames.setPrivateData(head, 77);
        checked.get(head);
        checked.put(head);
        assertEquals(List.of(), events);
        checked.put(head);
        assertEquals(List.of("2 1 PAGE_CACHE 77"), events);
    }

    @ParameterizedTest
    @EnumSource(Checking.class)
    void largestBlocksComeBackZeroAfterTheyWereFreed(Checking checking) {
        try (PhysicalMemory big = PhysicalMemory.reserve(3L << 30);
                FrameTable bigFrames = FrameTable.reserve(3L << 18)) {
            FrameAllocator allocator = new FrameAllocator(big, bigFrames, checking);
            long head = allocator.allocateContiguous(18, FrameUse.HUGETLB);
            assertEquals(1 << 18, head);
            big.writeLong((head << 12) + 12345, -1);
            allocator.put(head);
            assertEquals(head, allocator.allocateContiguous(18, FrameUse.HUGETLB));
            assertEquals(0, big.readLong((head << 12) + 12345));
            assertEquals(2 << 18, allocator.allocateContiguous(18, FrameUse.HUGETLB));
            assertEquals(
                    FrameAllocator.NO_FRAME, allocator.allocateContiguous(18, FrameUse.HUGETLB));
            // What alignment left over is still to be had.
            assertEquals(1 << 17, allocator.allocateContiguous(17, FrameUse.ANON));
        }
    }

    /// Random allocations of all orders against a plain ownership array; in the end everything
    /// merges again.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomUseNeverOverlapsAndMergesBack(long seed) {
        Random random = new Random(seed);
        boolean[] owned = new boolean[FRAMES];
        List<long[]> live = new ArrayList<>();
        for (int step = 0; step < 4000; step++) {
            if (random.nextInt(100) < 52) {
                int order = Math.max(0, random.nextInt(12) - 5);
                long pfn = checked.allocateContiguous(order, FrameUse.ANON);
                if (pfn != FrameAllocator.NO_FRAME) {
                    assertEquals(0, pfn & (1 << order) - 1);
                    for (int i = 0; i < 1 << order; i++) {
                        assertTrue(!owned[(int) pfn + i], "frame given twice");
                        owned[(int) pfn + i] = true;
                        memory.writeLong(((pfn + i) << 12) + random.nextInt(512) * 8L, step);
                    }
                    live.add(new long[] {pfn, order});
                }
            } else if (!live.isEmpty()) {
                free(live.remove(random.nextInt(live.size())), owned);
            }
            long expected = 0;
            for (long[] block : live) {
                expected += 1L << block[1];
            }
            assertEquals(expected, checked.usedFrames());
        }
        for (long[] block : live) {
            free(block, owned);
        }
        assertEquals(FRAMES - 1, checked.freeFrames());
        assertEquals(2048, checked.allocateContiguous(11, FrameUse.ANON));
        assertEquals(1024, checked.allocateContiguous(10, FrameUse.ANON));
    }

    private void free(long[] block, boolean[] owned) {
        for (int i = 0; i < 1 << block[1]; i++) {
            owned[(int) block[0] + i] = false;
        }
        checked.put(block[0]);
    }

    @Test
    void terabyteAllocatorTouchesOnlyWhatItHandsOut() {
        try (PhysicalMemory big = PhysicalMemory.reserve(1L << 40);
                FrameTable bigFrames = FrameTable.reserve(1L << 28)) {
            FrameAllocator allocator = new FrameAllocator(big, bigFrames, Checking.ON);
            assertEquals(1, allocator.allocate(FrameUse.ANON));
            assertEquals((1L << 28) - 2, allocator.freeFrames());
        }
    }
}
