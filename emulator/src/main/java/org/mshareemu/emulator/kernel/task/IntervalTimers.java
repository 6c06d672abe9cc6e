package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.time.TimerQueue;

/// The three timers of setitimer(2) of one process. Linux: signal->real_timer and signal->it[]
public final class IntervalTimers {
    public static final int ITIMER_REAL = 0;
    public static final int ITIMER_VIRTUAL = 1;
    public static final int ITIMER_PROF = 2;

    private static final int[] SIGNALS = {Signals.SIGALRM, Signals.SIGVTALRM, Signals.SIGPROF};

    private final Kernel kernel;
    private final TaskGroup group;
    private final TimerQueue.Timer realTimer = new TimerQueue.Timer(this::realExpired);
    private long realIntervalNanos;

    /// CPU time at which ITIMER_VIRTUAL and ITIMER_PROF fire; 0 = off. Index = which.
    private final long[] cpuExpiryNanos = new long[3];

    private final long[] cpuIntervalNanos = new long[3];

    IntervalTimers(Kernel kernel, TaskGroup group) {
        this.kernel = kernel;
        this.group = group;
    }

    /// Time until the timer fires; 0 if it is off.
    public long remainingNanos(int which) {
        if (which == ITIMER_REAL) {
            return realTimer.isArmed()
                    ? Math.max(1, realTimer.expiryNanos() - kernel.clock().monotonicNanos())
                    : 0;
        }
        return cpuExpiryNanos[which] == 0
                ? 0
                : Math.max(1, cpuExpiryNanos[which] - cpuNanos(which));
    }

    public long intervalNanos(int which) {
        return which == ITIMER_REAL ? realIntervalNanos : cpuIntervalNanos[which];
    }

    /// Starts or stops a timer.
    ///
    /// @param valueNanos until the first expiry; 0 turns the timer off
    /// @param intervalNanos between later ones; 0 for one shot
    public void set(int which, long valueNanos, long intervalNanos) {
        if (which == ITIMER_REAL) {
            realIntervalNanos = intervalNanos;
            kernel.timers().cancel(realTimer);
            if (valueNanos != 0) {
                kernel.timers().arm(realTimer, kernel.clock().monotonicNanos() + valueNanos);
            }
            return;
        }
        cpuIntervalNanos[which] = intervalNanos;
        cpuExpiryNanos[which] = valueNanos == 0 ? 0 : cpuNanos(which) + valueNanos;
        kernel.cpuTimersChanged(group);
    }

    /// Whether a timer that counts CPU time is on, so that the run loop has to look.
    public boolean countsCpuTime() {
        return cpuExpiryNanos[ITIMER_VIRTUAL] != 0 || cpuExpiryNanos[ITIMER_PROF] != 0;
    }

    /// CPU time left until the next of them fires. Only while [#countsCpuTime].
    long cpuNanosLeft() {
        long left = Long.MAX_VALUE;
        for (int which = ITIMER_VIRTUAL; which <= ITIMER_PROF; which++) {
            if (cpuExpiryNanos[which] != 0) {
                left = Math.min(left, cpuExpiryNanos[which] - cpuNanos(which));
            }
        }
        return Math.max(left, 1);
    }

    /// Fires what is due by CPU time. Linux: check_process_timers()
    void checkCpuTime() {
        for (int which = ITIMER_VIRTUAL; which <= ITIMER_PROF; which++) {
            if (cpuExpiryNanos[which] != 0 && cpuNanos(which) >= cpuExpiryNanos[which]) {
                long interval = cpuIntervalNanos[which];
                cpuExpiryNanos[which] = interval == 0 ? 0 : cpuExpiryNanos[which] + interval;
                kernel.signals().sendToGroup(group, SigInfo.fromKernel(SIGNALS[which]));
            }
        }
    }

    void cancelAll() {
        kernel.timers().cancel(realTimer);
        cpuExpiryNanos[ITIMER_VIRTUAL] = 0;
        cpuExpiryNanos[ITIMER_PROF] = 0;
    }

    private long cpuNanos(int which) {
        TaskCounters used = group.totalCounters();
        return which == ITIMER_VIRTUAL ? used.userNanos() : used.userNanos() + used.systemNanos();
    }

    private void realExpired() {
        if (realIntervalNanos != 0) {
            long now = kernel.clock().monotonicNanos();
            kernel.timers().arm(realTimer, now + realIntervalNanos);
        }
        kernel.signals().sendToGroup(group, SigInfo.fromKernel(SIGNALS[ITIMER_REAL]));
    }
}
