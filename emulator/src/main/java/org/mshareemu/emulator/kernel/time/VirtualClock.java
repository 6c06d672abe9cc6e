package org.mshareemu.emulator.kernel.time;

/// Time that passes only by work done in the machine, and jumps when everybody sleeps: two runs of
/// the same programs see the same times, and `sleep(1)` costs nothing.
public final class VirtualClock implements MachineClock {
    /// CLOCK_REALTIME at boot: 2025-01-01 00:00:00 UTC.
    public static final long BOOT_REALTIME_NANOS = 1_735_689_600L * 1_000_000_000L;

    /// CLOCK_MONOTONIC at boot. Not 0, as programs take 0 for "not set".
    public static final long BOOT_MONOTONIC_NANOS = 1_000_000_000L;

    private long monotonicNanos = BOOT_MONOTONIC_NANOS;
    private long realtimeOffsetNanos = BOOT_REALTIME_NANOS - BOOT_MONOTONIC_NANOS;

    @Override
    public long monotonicNanos() {
        return monotonicNanos;
    }

    @Override
    public long realtimeNanos() {
        return monotonicNanos + realtimeOffsetNanos;
    }

    @Override
    public void worked(long nanos) {
        monotonicNanos += nanos;
    }

    @Override
    public void idleUntil(long untilNanos, HostSleep waiter) {
        monotonicNanos = Math.max(monotonicNanos, untilNanos);
    }

    @Override
    public void setRealtime(long realtimeNanos) {
        realtimeOffsetNanos = realtimeNanos - monotonicNanos;
    }
}
