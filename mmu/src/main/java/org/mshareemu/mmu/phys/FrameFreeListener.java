package org.mshareemu.mmu.phys;

/// Told when the last reference of an allocation is gone, before the frames can be reused.
///
/// Linux: the uncharge and free hooks in free_pages_prepare()
@FunctionalInterface
public interface FrameFreeListener {
    /// `pfn` is the first of `1 << order` frames; its private words are still those of the last
    /// owner.
    void frameFreed(long pfn, int order, FrameUse use);
}
