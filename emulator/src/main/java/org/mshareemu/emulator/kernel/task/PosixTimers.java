package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalQueue;
import org.mshareemu.emulator.kernel.time.TimerQueue;

import java.util.TreeMap;

/// The timers of timer_create(2) of one process, on the monotonic and the real-time clock.
///
/// A timer has at most one signal queued; expiries while it is queued are counted as overruns.
///
/// Linux: signal->posix_timers, struct k_itimer
public final class PosixTimers {
    /// One timer.
    public final class PosixTimer {
        private final int id;
        private final int clock;
        private final int signo;
        private final long value;
        private final @Nullable Task target;
        private final TimerQueue.Timer timer = new TimerQueue.Timer(this::expired);
        private long intervalNanos;
        private boolean isQueued;
        private int pendingOverrun;
        private int lastOverrun;

        private PosixTimer(int id, int clock, int signo, long value, @Nullable Task target) {
            this.id = id;
            this.clock = clock;
            this.signo = signo;
            this.value = value;
            this.target = target;
        }

        /// timer_gettime(2): time until it fires, 0 if off.
        public long remainingNanos() {
            return timer.isArmed()
                    ? Math.max(1, timer.expiryNanos() - kernel.clock().monotonicNanos())
                    : 0;
        }

        /// Number of the clock it was made for.
        public int clock() {
            return clock;
        }

        public long intervalNanos() {
            return intervalNanos;
        }

        /// timer_getoverrun(2).
        public int overrun() {
            return lastOverrun;
        }

        /// Starts or stops it.
        ///
        /// @param expiryNanos monotonic time, or [TimerQueue#NEVER] to turn it off
        public void set(long expiryNanos, long newIntervalNanos) {
            intervalNanos = newIntervalNanos;
            pendingOverrun = 0;
            kernel.timers().cancel(timer);
            if (expiryNanos != TimerQueue.NEVER) {
                kernel.timers().arm(timer, expiryNanos);
            }
        }

        private void expired() {
            if (intervalNanos > 0) {
                kernel.timers().arm(timer, kernel.clock().monotonicNanos() + intervalNanos);
            }
            if (signo == 0) {
                return;
            }
            if (isQueued) {
                pendingOverrun++;
                return;
            }
            SigInfo info = SigInfo.timer(signo, id, 0, value);
            SignalQueue queue = target != null ? target.pending() : group.sharedPending();
            int before = queue.size();
            if (target == null) {
                kernel.signals().sendToGroup(group, info);
            } else if (!target.state().isOver()) {
                kernel.signals().sendToTask(target, info);
            }
            isQueued = queue.size() > before;
        }
    }

    private final Kernel kernel;
    private final TaskGroup group;
    private final TreeMap<Integer, PosixTimer> timers = new TreeMap<>();
    private int nextId;

    PosixTimers(Kernel kernel, TaskGroup group) {
        this.kernel = kernel;
        this.group = group;
    }

    /// Makes a timer that is off.
    ///
    /// @param clock number of the clock
    /// @param signo signal at expiry, 0 for none
    /// @param value si_value, or null for the timer's own number
    /// @param target the thread to get the signal, or null for the process
    /// @return its number
    public int create(int clock, int signo, @Nullable Long value, @Nullable Task target) {
        int id = nextId++;
        long carried = value != null ? value : id;
        timers.put(id, new PosixTimer(id, clock, signo, carried, target));
        return id;
    }

    /// The timer of a number.
    ///
    /// @throws ErrnoException EINVAL if there is none
    public PosixTimer get(int id) throws ErrnoException {
        PosixTimer timer = timers.get(id);
        if (timer == null) {
            throw Errno.EINVAL.exception();
        }
        return timer;
    }

    /// Stops and forgets a timer.
    ///
    /// @throws ErrnoException EINVAL if there is none
    public void delete(int id) throws ErrnoException {
        get(id).set(TimerQueue.NEVER, 0);
        timers.remove(id);
    }

    void deleteAll() {
        for (PosixTimer timer : timers.values()) {
            timer.set(TimerQueue.NEVER, 0);
        }
        timers.clear();
    }

    /// A timer's signal is being delivered: its overruns go into the siginfo. Linux:
    /// posixtimer_deliver_signal()
    SigInfo delivered(SigInfo info) {
        PosixTimer timer = timers.get(info.pid());
        if (timer == null || timer.signo != info.signo()) {
            return info;
        }
        timer.isQueued = false;
        timer.lastOverrun = timer.pendingOverrun;
        timer.pendingOverrun = 0;
        return SigInfo.timer(info.signo(), timer.id, timer.lastOverrun, info.word24());
    }
}
