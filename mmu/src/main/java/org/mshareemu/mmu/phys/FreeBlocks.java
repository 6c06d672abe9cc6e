package org.mshareemu.mmu.phys;

import java.util.Arrays;

/// Free blocks of `1 << order` frames by order, as lists threaded through the records of their
/// first frames.
///
/// Linux: struct free_area. A block is always aligned to its size, so its buddy is found by
/// flipping one bit of the pfn, and a block whose buddy is free too becomes one of the next order.
final class FreeBlocks {
    private static final int NONE = -1;

    private final FrameTable frames;
    private final int[] first = new int[FrameAllocator.MAX_ORDER + 1];

    /// Bit n: the list of order n is not empty.
    private int orders;

    FreeBlocks(FrameTable frames) {
        this.frames = frames;
        Arrays.fill(first, NONE);
    }

    /// Takes a block of exactly `order` from the smallest block that holds one, or returns
    /// `NO_FRAME`.
    long take(int order) {
        int candidates = orders & -1 << order;
        if (candidates == 0) {
            return FrameAllocator.NO_FRAME;
        }
        int found = Integer.numberOfTrailingZeros(candidates);
        long pfn = first[found];
        remove(pfn, found);
        while (found > order) {
            found--;
            push(pfn + (1L << found), found);
        }
        return pfn;
    }

    /// Adds a block whose frames are marked free, merged with its buddies; no block reaches
    /// `limitPfn`.
    void add(long pfn, int order, long limitPfn) {
        while (order < FrameAllocator.MAX_ORDER) {
            long buddy = pfn ^ 1L << order;
            if (buddy >= limitPfn || !frames.isFreeBlock(buddy, order)) {
                break;
            }
            remove(buddy, order);
            pfn = Math.min(pfn, buddy);
            order++;
        }
        push(pfn, order);
    }

    private void push(long pfn, int order) {
        int next = first[order];
        setLinks(pfn, NONE, next);
        if (next != NONE) {
            setLinks(next, (int) pfn, nextOf(next));
        }
        first[order] = (int) pfn;
        orders |= 1 << order;
        frames.setFreeBlock(pfn, order);
    }

    private void remove(long pfn, int order) {
        int previous = previousOf(pfn);
        int next = nextOf(pfn);
        if (previous == NONE) {
            first[order] = next;
            if (next == NONE) {
                orders &= ~(1 << order);
            }
        } else {
            setLinks(previous, previousOf(previous), next);
        }
        if (next != NONE) {
            setLinks(next, previous, nextOf(next));
        }
        frames.clearFreeBlock(pfn);
    }

    private int previousOf(long pfn) {
        return (int) (frames.privateData(pfn) >>> 32);
    }

    private int nextOf(long pfn) {
        return (int) frames.privateData(pfn);
    }

    private void setLinks(long pfn, int previous, int next) {
        frames.setPrivateData(pfn, (long) previous << 32 | (next & 0xffff_ffffL));
    }
}
