package org.mshareemu.mmu.tlb;

/// Drops the reference that a removed entry had on its frame.
@FunctionalInterface
public interface FrameReleaser {
    void release(long pfn);
}
