package org.mshareemu.emulator.kernel.time;

/// The clock of one machine, moved by its run loop.
public sealed interface MachineClock extends Clock permits VirtualClock, RealClock {
    /// Accounts work that was done: executed blocks or a system call.
    ///
    /// @param nanos virtual cost
    void worked(long nanos);

    /// Nothing can run before a point of time: get there.
    ///
    /// @param monotonicNanos the earliest timer
    /// @param waiter sleeps on the host for at most so many nanoseconds, less if an event comes
    void idleUntil(long monotonicNanos, HostSleep waiter);

    /// Moves CLOCK_REALTIME, as clock_settime(2) does for a privileged caller.
    void setRealtime(long realtimeNanos);

    /// Time stamp counter: one tick per nanosecond of [#monotonicNanos].
    default long timeStampCounter() {
        return monotonicNanos();
    }

    /// Waits on the host; only a real clock uses it.
    @FunctionalInterface
    interface HostSleep {
        /// Waits, or comes back earlier if something happens.
        ///
        /// @param nanos longest time to wait
        void sleep(long nanos);
    }
}
