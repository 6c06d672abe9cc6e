package org.mshareemu.mmu.phys;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Hands out frames, zeroed and with one reference, and takes them back when the last reference
/// goes.
///
/// Linux: the buddy allocator of mm/page_alloc.c, without zones and migration types
///
/// Invariants: frames at or above `frontier` have never been handed out, are known to be zero, and
/// no record of theirs was ever touched; below it every frame is reserved, allocated, or in exactly
/// one free block. Frame 0 is never handed out.
public final class FrameAllocator {
    /// Returned when no frame is left.
    public static final long NO_FRAME = -1;

    /// Largest contiguous allocation: 1 GiB.
    public static final int MAX_ORDER = 18;

    /// Byte of a freed frame in checking mode. As an instruction it is int3, as an address it is
    /// not canonical.
    static final byte POISON = (byte) 0xCC;

    /// Blocks above this order are given back to the host when freed, which also makes them zero.
    private static final int LARGEST_KEPT_ORDER = 9;

    private static final MemorySegment POISON_FRAME =
            Arena.global()
                    .allocate(PhysicalMemory.PAGE_SIZE, PhysicalMemory.PAGE_SIZE)
                    .fill(POISON)
                    .asReadOnly();

    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final Checking checking;
    private final FreeBlocks freeBlocks;
    private final long frameCount;
    private final long[] usedByUse = new long[FrameUse.COUNT];
    private long frontier = 1;
    private long used;
    private long peak;
    private long failCountdown;
    private FailureMode failureMode = FailureMode.ONCE;
    private @Nullable FrameFreeListener freeListener;

    public FrameAllocator(PhysicalMemory memory, FrameTable frames, Checking checking) {
        if (frames.frameCount() != memory.frameCount()) {
            throw new IllegalArgumentException(
                    "frame table of "
                            + frames.frameCount()
                            + " frames for memory of "
                            + memory.frameCount());
        }
        this.memory = memory;
        this.frames = frames;
        this.checking = checking;
        this.frameCount = memory.frameCount();
        this.freeBlocks = new FreeBlocks(frames);
        frames.markAllocated(0, 0, FrameUse.RESERVED);
    }

    /// One zeroed frame with one reference, or [#NO_FRAME]. Linux: alloc_page(GFP_ZERO)
    public long allocate(FrameUse use) {
        return allocateContiguous(0, use);
    }

    /// `1 << order` zeroed frames, aligned to their size, with one reference in common; or
    /// [#NO_FRAME].
    ///
    /// Linux: alloc_pages(__GFP_ZERO | __GFP_COMP)
    public long allocateContiguous(int order, FrameUse use) {
        if (order < 0 || order > MAX_ORDER || use == FrameUse.FREE) {
            throw new IllegalArgumentException("order " + order + ", use " + use);
        }
        if (isFailureDue()) {
            return NO_FRAME;
        }
        long pfn = freeBlocks.take(order);
        if (pfn == NO_FRAME) {
            pfn = takeAtFrontier(order);
            if (pfn == NO_FRAME) {
                return NO_FRAME;
            }
        }
        long count = 1L << order;
        for (long frame = pfn; frame < pfn + count; frame++) {
            makeZero(frame);
        }
        frames.markAllocated(pfn, order, use);
        usedByUse[use.code()] += count;
        used += count;
        peak = Math.max(peak, used);
        return pfn;
    }

    /// Takes one more reference. Linux: get_page()
    public void get(long pfn) {
        frames.get(pfn);
    }

    /// Drops one reference; with the last one the frames are free. Linux: put_page()
    public void put(long pfn) {
        long head = frames.head(pfn);
        int count = frames.refCount(head) - 1;
        if (count < 0) {
            throw MmuBug.ofFrame(pfn, "reference dropped on a free frame");
        }
        if (frames.use(head) == FrameUse.RESERVED) {
            throw MmuBug.ofFrame(pfn, "reference dropped on a reserved frame");
        }
        if (count == 0) {
            free(head);
        } else {
            frames.setRefCount(head, count);
        }
    }

    /// The frames of this allocation now serve another purpose; counters follow.
    public void changeUse(long pfn, FrameUse use) {
        long head = frames.head(pfn);
        FrameUse before = frames.use(head);
        if (before == FrameUse.FREE || use == FrameUse.FREE) {
            throw MmuBug.ofFrame(pfn, "use changed from " + before + " to " + use);
        }
        long count = 1L << frames.order(head);
        usedByUse[before.code()] -= count;
        usedByUse[use.code()] += count;
        for (long frame = head; frame < head + count; frame++) {
            frames.setUse(frame, use);
        }
    }

    /// Says who is told of each allocation that becomes free; one listener at a time.
    public void setFreeListener(@Nullable FrameFreeListener listener) {
        freeListener = listener;
    }

    /// Makes the `n`-th allocation from now fail (1 = the next one); 0 ends the injection.
    public void failAfter(long n, FailureMode mode) {
        failCountdown = n;
        failureMode = mode;
    }

    /// Makes the `n`-th allocation from now fail, once.
    public void failAfter(long n) {
        failAfter(n, FailureMode.ONCE);
    }

    public Checking checking() {
        return checking;
    }

    /// Frames that can be handed out in all: everything but frame 0.
    public long totalFrames() {
        return frameCount - 1;
    }

    public long freeFrames() {
        return totalFrames() - used;
    }

    public long usedFrames() {
        return used;
    }

    public long usedFrames(FrameUse use) {
        return usedByUse[use.code()];
    }

    /// The most frames that were in use at one time.
    public long peakFrames() {
        return peak;
    }

    private boolean isFailureDue() {
        if (failCountdown == 0) {
            return false;
        }
        if (failCountdown > 1) {
            failCountdown--;
            return false;
        }
        if (failureMode == FailureMode.ONCE) {
            failCountdown = 0;
        }
        return true;
    }

    /// Takes never-used frames; what alignment leaves over becomes free blocks.
    private long takeAtFrontier(int order) {
        long size = 1L << order;
        long start = frontier + size - 1 & -size;
        if (start + size > frameCount) {
            return NO_FRAME;
        }
        long gap = frontier;
        frontier = start + size;
        while (gap < start) {
            int gapOrder = Long.numberOfTrailingZeros(gap);
            freeBlocks.add(gap, gapOrder, start);
            gap += 1L << gapOrder;
        }
        return start;
    }

    /// Recycled frames hold their last owner's bytes or poison; others were never touched and are
    /// zero.
    private void makeZero(long pfn) {
        if (!frames.hasFlags(pfn, FrameTable.RECYCLED)) {
            return;
        }
        if (checking == Checking.ON) {
            long offset = memory.mismatch(pfn, POISON_FRAME);
            if (offset >= 0) {
                throw MmuBug.ofFrame(
                        pfn, "written while free, first at offset 0x" + Long.toHexString(offset));
            }
        }
        frames.noteHostWrite(pfn);
        memory.zeroFrame(pfn);
    }

    private void free(long head) {
        int order = frames.order(head);
        long end = head + (1L << order);
        for (long pfn = head; pfn < end; pfn++) {
            if (frames.mapCount(pfn) != 0) {
                throw MmuBug.ofFrame(
                        pfn, "freed while mapped by " + frames.mapCount(pfn) + " entries");
            }
            if (frames.shareCount(pfn) != 0) {
                throw MmuBug.ofFrame(
                        pfn, "freed while linked " + frames.shareCount(pfn) + " times");
            }
        }
        FrameUse use = frames.use(head);
        if (freeListener != null) {
            freeListener.frameFreed(head, order, use);
        }
        frames.setRefCount(head, 0);
        usedByUse[use.code()] -= end - head;
        used -= end - head;
        if (order > LARGEST_KEPT_ORDER) {
            discardFreed(head, end);
        } else {
            for (long pfn = head; pfn < end; pfn++) {
                poison(pfn);
                frames.markFree(pfn, FrameTable.RECYCLED);
            }
        }
        freeBlocks.add(head, order, frontier);
    }

    private void discardFreed(long start, long end) {
        for (long pfn = start; pfn < end; pfn++) {
            frames.noteHostWrite(pfn);
            frames.markFree(pfn, 0);
        }
        memory.discard(start, end - start);
    }

    private void poison(long pfn) {
        if (checking == Checking.ON) {
            frames.noteHostWrite(pfn);
            MemorySegment.copy(
                    POISON_FRAME,
                    0,
                    memory.segment(),
                    pfn << PhysicalMemory.PAGE_SHIFT,
                    PhysicalMemory.PAGE_SIZE);
        }
    }
}
