package org.mshareemu.emulator.kernel.time;

/// What time it is in the machine, in nanoseconds. See clock_gettime(2).
public interface Clock {
    /// CLOCK_MONOTONIC: nanoseconds since the machine was booted.
    long monotonicNanos();

    /// CLOCK_REALTIME: nanoseconds since 1970-01-01 00:00 UTC.
    long realtimeNanos();
}
