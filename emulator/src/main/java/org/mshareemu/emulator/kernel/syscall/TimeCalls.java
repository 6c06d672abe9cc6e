package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;
import static org.mshareemu.emulator.kernel.syscall.TimeValues.NANOS_PER_SECOND;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.IntervalTimers;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.PosixTimers;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskCounters;
import org.mshareemu.emulator.kernel.time.TimerQueue;

/// Clocks, sleeping and timers.
public final class TimeCalls {
    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    static final int CLOCK_THREAD_CPUTIME_ID = 3;
    static final int CLOCK_MONOTONIC_RAW = 4;
    static final int CLOCK_REALTIME_COARSE = 5;
    static final int CLOCK_MONOTONIC_COARSE = 6;
    static final int CLOCK_BOOTTIME = 7;
    static final int CLOCK_REALTIME_ALARM = 8;
    static final int CLOCK_BOOTTIME_ALARM = 9;
    static final int CLOCK_TAI = 11;

    private static final int TIMER_ABSTIME = 1;

    /// Resolution of the coarse clocks: a tick at 250 Hz.
    private static final long COARSE_NANOS = 4_000_000;

    private static final int SIGEV_SIGNAL = 0;
    private static final int SIGEV_NONE = 1;
    private static final int SIGEV_THREAD = 2;
    private static final int SIGEV_THREAD_ID = 4;

    private static final int CPUCLOCK_PERTHREAD_MASK = 4;
    private static final int CPUCLOCK_CLOCK_MASK = 3;

    private final Kernel kernel;

    public TimeCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_time, (task, a) -> time(task, a.a0()));
        table.row(NR_gettimeofday, (task, a) -> gettimeofday(task, a.a0(), a.a1()));
        table.row(NR_settimeofday, (task, a) -> settimeofday(task, a.a0(), a.a1()));
        table.row(NR_clock_gettime, (task, a) -> clockGettime(task, a.i0(), a.a1()));
        table.row(NR_clock_settime, (task, a) -> clockSettime(task, a.i0(), a.a1()));
        table.row(NR_clock_getres, (task, a) -> clockGetres(task, a.i0(), a.a1()));
        table.row(NR_nanosleep, (task, a) -> nanosleep(task, a.a0(), a.a1()));
        table.row(
                NR_clock_nanosleep,
                (task, a) -> clockNanosleep(task, a.i0(), a.i1(), a.a2(), a.a3()));
        table.row(NR_alarm, (task, a) -> alarm(task, a.i0()));
        table.row(NR_getitimer, (task, a) -> getitimer(task, a.i0(), a.a1()));
        table.row(NR_setitimer, (task, a) -> setitimer(task, a.i0(), a.a1(), a.a2()));
        table.partly(
                NR_timer_create,
                "no CPU-time clocks",
                (task, a) -> timerCreate(task, a.i0(), a.a1(), a.a2()));
        table.row(
                NR_timer_settime, (task, a) -> timerSettime(task, a.i0(), a.i1(), a.a2(), a.a3()));
        table.row(NR_timer_gettime, (task, a) -> timerGettime(task, a.i0(), a.a1()));
        table.row(NR_timer_getoverrun, (task, a) -> timers(task).get(a.i0()).overrun());
        table.row(NR_timer_delete, (task, a) -> timerDelete(task, a.i0()));
    }

    private long time(Task task, long resultAt) throws ErrnoException {
        long seconds = kernel.clock().realtimeNanos() / NANOS_PER_SECOND;
        if (resultAt != 0) {
            task.memory().writeLong(resultAt, seconds);
        }
        return seconds;
    }

    private long gettimeofday(Task task, long timeAt, long zoneAt) throws ErrnoException {
        if (timeAt != 0) {
            TimeValues.writeTimeval(task.memory(), timeAt, kernel.clock().realtimeNanos());
        }
        if (zoneAt != 0) {
            task.memory().writeLong(zoneAt, 0);
        }
        return 0;
    }

    private long settimeofday(Task task, long timeAt, long zoneAt) throws ErrnoException {
        UserMemory memory = task.memory();
        Long nanos = timeAt == 0 ? null : (Long) TimeValues.readTimeval(memory, timeAt);
        if (zoneAt != 0) {
            int minutesWest = memory.readInt(zoneAt);
            checkMaySetTime(task);
            if (minutesWest > 15 * 60 || minutesWest < -15 * 60) {
                throw Errno.EINVAL.exception();
            }
        }
        checkMaySetTime(task);
        if (nanos != null) {
            kernel.clock().setRealtime(nanos);
        }
        return 0;
    }

    private static void checkMaySetTime(Task task) throws ErrnoException {
        if (!task.credentials().isCapable(Credentials.CAP_SYS_TIME)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Nanoseconds a clock shows now.
    ///
    /// @throws ErrnoException EINVAL if there is no such clock
    private long read(Task task, int clock) throws ErrnoException {
        if (clock < 0) {
            return readCpuClock(task, clock);
        }
        return switch (clock) {
            case CLOCK_REALTIME, CLOCK_REALTIME_ALARM, CLOCK_TAI -> kernel.clock().realtimeNanos();
            case CLOCK_REALTIME_COARSE ->
                    kernel.clock().realtimeNanos() / COARSE_NANOS * COARSE_NANOS;
            case CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME, CLOCK_BOOTTIME_ALARM ->
                    kernel.clock().monotonicNanos();
            case CLOCK_MONOTONIC_COARSE ->
                    kernel.clock().monotonicNanos() / COARSE_NANOS * COARSE_NANOS;
            case CLOCK_PROCESS_CPUTIME_ID -> used(task.group().totalCounters(), 2);
            case CLOCK_THREAD_CPUTIME_ID -> used(task.counters(), 2);
            default -> throw Errno.EINVAL.exception();
        };
    }

    /// Clocks of other tasks: `~pid << 3 | flags`. See clock_getcpuclockid(3).
    private long readCpuClock(Task task, int clock) throws ErrnoException {
        int pid = ~(clock >> 3);
        int which = clock & CPUCLOCK_CLOCK_MASK;
        boolean perThread = (clock & CPUCLOCK_PERTHREAD_MASK) != 0;
        Task target = pid == 0 ? task : kernel.tasks().find(pid);
        if (which == CPUCLOCK_CLOCK_MASK || target == null) {
            throw Errno.EINVAL.exception();
        }
        if (perThread && target.group() != task.group()) {
            throw Errno.EINVAL.exception();
        }
        return used(perThread ? target.counters() : target.group().totalCounters(), which);
    }

    /// @param which 0 = user and system time, 1 = user time, 2 = what the scheduler counts
    private static long used(TaskCounters counters, int which) {
        return which == 1 ? counters.userNanos() : counters.userNanos() + counters.systemNanos();
    }

    private long clockGettime(Task task, int clock, long at) throws ErrnoException {
        TimeValues.writeTimespec(task.memory(), at, read(task, clock));
        return 0;
    }

    private long clockSettime(Task task, int clock, long at) throws ErrnoException {
        if (clock != CLOCK_REALTIME) {
            throw Errno.EINVAL.exception();
        }
        long nanos = TimeValues.readTimespec(task.memory(), at);
        checkMaySetTime(task);
        kernel.clock().setRealtime(nanos);
        return 0;
    }

    private long clockGetres(Task task, int clock, long at) throws ErrnoException {
        read(task, clock);
        if (at != 0) {
            boolean isCoarse = clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE;
            TimeValues.writeTimespec(task.memory(), at, isCoarse ? COARSE_NANOS : 1);
        }
        return 0;
    }

    private long nanosleep(Task task, long requestAt, long restAt)
            throws ErrnoException, BlockedException {
        long nanos = TimeValues.readTimespec(task.memory(), requestAt);
        return sleep(task, task.deadline(nanos), restAt);
    }

    /// Linux: hrtimer_nanosleep(), hrtimer_nanosleep_restart()
    private long sleep(Task task, long deadline, long restAt)
            throws ErrnoException, BlockedException {
        long now = kernel.clock().monotonicNanos();
        if (now >= deadline) {
            return 0;
        }
        try {
            throw task.waitUntil(deadline, Errno.ERESTART_RESTARTBLOCK);
        } catch (ErrnoException interrupted) {
            if (restAt != 0) {
                TimeValues.writeTimespec(task.memory(), restAt, deadline - now);
            }
            task.setRestartBlock(again -> sleep(again, again.absoluteDeadline(deadline), restAt));
            throw interrupted;
        }
    }

    private long clockNanosleep(Task task, int clock, int flags, long requestAt, long restAt)
            throws ErrnoException, BlockedException {
        checkMaySleepOn(task, clock);
        long nanos = TimeValues.readTimespec(task.memory(), requestAt);
        if ((flags & TIMER_ABSTIME) == 0) {
            return sleep(task, task.deadline(nanos), restAt);
        }
        long now = kernel.clock().monotonicNanos();
        long left = nanos - read(task, clock);
        if (left <= 0 || task.timedOut()) {
            return 0;
        }
        long deadline = nanos == Long.MAX_VALUE ? TimerQueue.NEVER : now + left;
        throw task.waitUntil(deadline, Errno.ERESTARTNOHAND);
    }

    private void checkMaySleepOn(Task task, int clock) throws ErrnoException {
        if (clock < 0) {
            read(task, clock);
            return;
        }
        switch (clock) {
            case CLOCK_REALTIME,
                    CLOCK_MONOTONIC,
                    CLOCK_BOOTTIME,
                    CLOCK_TAI,
                    CLOCK_PROCESS_CPUTIME_ID -> {}
            case CLOCK_MONOTONIC_RAW,
                    CLOCK_REALTIME_COARSE,
                    CLOCK_MONOTONIC_COARSE,
                    CLOCK_REALTIME_ALARM,
                    CLOCK_BOOTTIME_ALARM,
                    CLOCK_THREAD_CPUTIME_ID ->
                    throw Errno.EOPNOTSUPP.exception();
            default -> throw Errno.EINVAL.exception();
        }
    }

    private static long alarm(Task task, int seconds) {
        IntervalTimers timers = task.group().intervalTimers();
        long before = timers.remainingNanos(IntervalTimers.ITIMER_REAL);
        timers.set(
                IntervalTimers.ITIMER_REAL, Integer.toUnsignedLong(seconds) * NANOS_PER_SECOND, 0);
        long rounded = (before + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
        return before != 0 && rounded == 0 ? 1 : rounded;
    }

    private static void checkItimer(int which) throws ErrnoException {
        if (which < IntervalTimers.ITIMER_REAL || which > IntervalTimers.ITIMER_PROF) {
            throw Errno.EINVAL.exception();
        }
    }

    private static void writeItimer(Task task, int which, long at) throws ErrnoException {
        IntervalTimers timers = task.group().intervalTimers();
        long remaining = timers.remainingNanos(which);
        TimeValues.writeTimeval(task.memory(), at, timers.intervalNanos(which));
        TimeValues.writeTimeval(
                task.memory(), at + 16, remaining == 0 ? 0 : Math.max(1000, remaining));
    }

    private static long getitimer(Task task, int which, long at) throws ErrnoException {
        checkItimer(which);
        writeItimer(task, which, at);
        return 0;
    }

    private static long setitimer(Task task, int which, long newAt, long oldAt)
            throws ErrnoException {
        long value = 0;
        long interval = 0;
        if (newAt != 0) {
            interval = TimeValues.readTimeval(task.memory(), newAt);
            value = TimeValues.readTimeval(task.memory(), newAt + 16);
        }
        checkItimer(which);
        IntervalTimers timers = task.group().intervalTimers();
        long oldRemaining = timers.remainingNanos(which);
        long oldInterval = timers.intervalNanos(which);
        timers.set(which, value, interval);
        if (oldAt != 0) {
            TimeValues.writeTimeval(task.memory(), oldAt, oldInterval);
            TimeValues.writeTimeval(
                    task.memory(),
                    oldAt + 16,
                    oldRemaining == 0 ? 0 : Math.max(1000, oldRemaining));
        }
        return 0;
    }

    private static PosixTimers timers(Task task) {
        return task.group().posixTimers();
    }

    /// struct sigevent: sigev_value, sigev_signo, sigev_notify, sigev_notify_thread_id.
    private long timerCreate(Task task, int clock, long eventAt, long idAt) throws ErrnoException {
        UserMemory memory = task.memory();
        int signo = Signals.SIGALRM;
        int notify = SIGEV_SIGNAL;
        Long value = null;
        int threadId = 0;
        if (eventAt != 0) {
            value = memory.readLong(eventAt);
            signo = memory.readInt(eventAt + 8);
            notify = memory.readInt(eventAt + 12);
            threadId = memory.readInt(eventAt + 16);
        }
        checkTimerClock(clock);
        Task target = timerTarget(task, notify, signo, threadId);
        int id = timers(task).create(clock, notify == SIGEV_NONE ? 0 : signo, value, target);
        try {
            memory.writeInt(idAt, id);
        } catch (ErrnoException fault) {
            timers(task).delete(id);
            throw fault;
        }
        return 0;
    }

    private static void checkTimerClock(int clock) throws ErrnoException {
        switch (clock) {
            case CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_TAI -> {}
            case CLOCK_MONOTONIC_RAW,
                    CLOCK_REALTIME_COARSE,
                    CLOCK_MONOTONIC_COARSE,
                    CLOCK_PROCESS_CPUTIME_ID,
                    CLOCK_THREAD_CPUTIME_ID ->
                    throw Errno.EOPNOTSUPP.exception();
            default -> throw Errno.EINVAL.exception();
        }
    }

    /// Linux: good_sigevent()
    private @Nullable Task timerTarget(Task task, int notify, int signo, int threadId)
            throws ErrnoException {
        if (notify == SIGEV_NONE) {
            return null;
        }
        boolean isKnown =
                notify == SIGEV_SIGNAL || notify == SIGEV_THREAD || notify == SIGEV_THREAD_ID;
        if (!isKnown || signo <= 0 || signo > Signals.NSIG) {
            throw Errno.EINVAL.exception();
        }
        if (notify != SIGEV_THREAD_ID) {
            return null;
        }
        Task target = kernel.tasks().find(threadId);
        if (target == null || target.group() != task.group()) {
            throw Errno.EINVAL.exception();
        }
        return target;
    }

    private long timerSettime(Task task, int id, int flags, long newAt, long oldAt)
            throws ErrnoException {
        if (newAt == 0) {
            throw Errno.EINVAL.exception();
        }
        long interval = TimeValues.readTimespec(task.memory(), newAt);
        long value = TimeValues.readTimespec(task.memory(), newAt + 16);
        PosixTimers.PosixTimer timer = timers(task).get(id);
        long oldInterval = timer.intervalNanos();
        long oldValue = timer.remainingNanos();
        long now = kernel.clock().monotonicNanos();
        if (value == 0) {
            timer.set(TimerQueue.NEVER, 0);
        } else if ((flags & TIMER_ABSTIME) != 0) {
            timer.set(now + value - read(task, timer.clock()), interval);
        } else {
            timer.set(now + value, interval);
        }
        if (oldAt != 0) {
            TimeValues.writeTimespec(task.memory(), oldAt, oldInterval);
            TimeValues.writeTimespec(task.memory(), oldAt + 16, oldValue);
        }
        return 0;
    }

    private static long timerGettime(Task task, int id, long at) throws ErrnoException {
        PosixTimers.PosixTimer timer = timers(task).get(id);
        TimeValues.writeTimespec(task.memory(), at, timer.intervalNanos());
        TimeValues.writeTimespec(task.memory(), at + 16, timer.remainingNanos());
        return 0;
    }

    private static long timerDelete(Task task, int id) throws ErrnoException {
        timers(task).delete(id);
        return 0;
    }
}
