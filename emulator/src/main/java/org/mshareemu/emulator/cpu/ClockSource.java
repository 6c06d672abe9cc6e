package org.mshareemu.emulator.cpu;

/// What RDTSC reads.
@FunctionalInterface
public interface ClockSource {
    /// Called inside an upcall, whenever guest code asks.
    long timeStampCounter();
}
