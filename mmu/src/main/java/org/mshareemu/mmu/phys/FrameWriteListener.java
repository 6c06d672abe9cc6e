package org.mshareemu.mmu.phys;

/// Told before the host changes a frame from which guest code has been translated.
///
/// The engine keeps translations by physical frame and does not see host writes, so the CPUs drop
/// what they hold.
@FunctionalInterface
public interface FrameWriteListener {
    /// The bytes of `pfn` are about to change. The listener clears [FrameTable#EXECUTED] once no
    /// translation is left.
    void frameWritten(long pfn);
}
