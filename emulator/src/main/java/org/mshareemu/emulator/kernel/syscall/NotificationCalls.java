package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.time.TimerQueue;
import org.mshareemu.emulator.kernel.vfs.event.TimerFd;

/// timerfd and signalfd. Linux: fs/timerfd.c, fs/signalfd.c
public final class NotificationCalls {
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int CLOCK_REALTIME_ALARM = 8;
    private static final int CLOCK_BOOTTIME_ALARM = 9;
    private static final int TFD_TIMER_ABSTIME = 1;
    private static final int TFD_TIMER_CANCEL_ON_SET = 2;
    private static final int SIGSET_BYTES = 8;

    private final Kernel kernel;

    public NotificationCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_timerfd_create, (task, a) -> timerfdCreate(task, a.i0(), a.i1()));
        table.row(
                NR_timerfd_settime,
                (task, a) -> timerfdSettime(task, a.i0(), a.i1(), a.a2(), a.a3()));
        table.row(NR_timerfd_gettime, (task, a) -> timerfdGettime(task, a.i0(), a.a1()));
        table.row(NR_signalfd, (task, a) -> signalfd4(task, a.i0(), a.a1(), a.a2(), 0));
        table.row(NR_signalfd4, (task, a) -> signalfd4(task, a.i0(), a.a1(), a.a2(), a.i3()));
    }

    private long timerfdCreate(Task task, int clock, int flags) throws ErrnoException {
        if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) != 0) {
            throw Errno.EINVAL.exception();
        }
        switch (clock) {
            case CLOCK_REALTIME,
                    CLOCK_MONOTONIC,
                    CLOCK_BOOTTIME,
                    CLOCK_REALTIME_ALARM,
                    CLOCK_BOOTTIME_ALARM -> {}
            default -> throw Errno.EINVAL.exception();
        }
        boolean realTime = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_ALARM;
        TimerFd timer =
                new TimerFd(
                        kernel.clock(),
                        kernel.timers(),
                        realTime ? TimerFd.Base.REALTIME : TimerFd.Base.MONOTONIC);
        int fileFlags = O_RDWR | (flags & O_NONBLOCK);
        return EventCalls.install(kernel.vfs(), task, "[timerfd]", timer, fileFlags, flags);
    }

    private static TimerFd timer(Task task, int fd) throws ErrnoException {
        if (task.files().get(fd).operations() instanceof TimerFd timer) {
            return timer;
        }
        throw Errno.EINVAL.exception();
    }

    /// Linux: do_timerfd_settime()
    private long timerfdSettime(Task task, int fd, int flags, long newVaddr, long oldVaddr)
            throws ErrnoException {
        UserMemory memory = task.memory();
        long interval = TimeValues.readTimespec(memory, newVaddr);
        long value = TimeValues.readTimespec(memory, newVaddr + 16);
        if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0) {
            throw Errno.EINVAL.exception();
        }
        TimerFd timer = timer(task, fd);
        long remaining = timer.remainingNanos();
        long oldInterval = timer.intervalNanos();
        long expiry = TimerQueue.NEVER;
        if (value != 0) {
            boolean absolute = (flags & TFD_TIMER_ABSTIME) != 0;
            expiry = absolute ? timer.monotonic(value) : relative(value);
        }
        timer.set(expiry, interval);
        if (oldVaddr != 0) {
            writeSpec(memory, oldVaddr, remaining, oldInterval);
        }
        return 0;
    }

    private long relative(long nanos) {
        long sum = kernel.clock().monotonicNanos() + nanos;
        return sum < 0 ? TimerQueue.NEVER - 1 : sum;
    }

    private static long timerfdGettime(Task task, int fd, long vaddr) throws ErrnoException {
        TimerFd timer = timer(task, fd);
        writeSpec(task.memory(), vaddr, timer.remainingNanos(), timer.intervalNanos());
        return 0;
    }

    private static void writeSpec(UserMemory memory, long vaddr, long remaining, long interval)
            throws ErrnoException {
        TimeValues.writeTimespec(memory, vaddr, interval);
        TimeValues.writeTimespec(memory, vaddr + 16, remaining);
    }

    /// Linux: do_signalfd4()
    private long signalfd4(Task task, int fd, long maskVaddr, long maskBytes, int flags)
            throws ErrnoException {
        if (maskBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        long mask = task.memory().readLong(maskVaddr);
        if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (fd == -1) {
            SignalFd signals = new SignalFd(kernel, mask);
            int fileFlags = O_RDWR | (flags & O_NONBLOCK);
            return EventCalls.install(kernel.vfs(), task, "[signalfd]", signals, fileFlags, flags);
        }
        if (task.files().get(fd).operations() instanceof SignalFd signals) {
            signals.setMask(mask);
            return fd;
        }
        throw Errno.EINVAL.exception();
    }
}
