package org.mshareemu.emulator.kernel.time;

/// The host's time, for interactive use: sleeping tasks really wait.
public final class RealClock implements MachineClock {
    private final long bootNanos = System.nanoTime() - VirtualClock.BOOT_MONOTONIC_NANOS;
    private long realtimeOffsetNanos =
            System.currentTimeMillis() * 1_000_000L - VirtualClock.BOOT_MONOTONIC_NANOS;

    @Override
    public long monotonicNanos() {
        return System.nanoTime() - bootNanos;
    }

    @Override
    public long realtimeNanos() {
        return monotonicNanos() + realtimeOffsetNanos;
    }

    @Override
    public void worked(long nanos) {
        // The host's clock has counted it.
    }

    @Override
    public void idleUntil(long untilNanos, HostSleep waiter) {
        long now = monotonicNanos();
        if (untilNanos > now) {
            waiter.sleep(untilNanos - now);
        }
    }

    @Override
    public void setRealtime(long realtimeNanos) {
        realtimeOffsetNanos = realtimeNanos - monotonicNanos();
    }
}
