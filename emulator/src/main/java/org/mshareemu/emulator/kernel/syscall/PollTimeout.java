package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.Task;

/// The timeout of ppoll(2), select(2) and pselect6(2): read at the start, told at the end.
///
/// Linux: poll_select_set_timeout(), poll_select_finish()
final class PollTimeout {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final int SIGSET_BYTES = 8;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    /// How the remaining time is written.
    private enum Unit {
        MICROS,
        NANOS
    }

    private final long vaddr;
    private final Unit unit;
    private final long timeoutNanos;
    private final long deadlineNanos;

    private PollTimeout(long vaddr, Unit unit, long timeoutNanos, long deadlineNanos) {
        this.vaddr = vaddr;
        this.unit = unit;
        this.timeoutNanos = timeoutNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /// From a struct timespec; a null pointer means no timeout.
    ///
    /// @throws ErrnoException EFAULT, EINVAL
    static PollTimeout timespec(Task task, long vaddr) throws ErrnoException {
        if (vaddr == 0) {
            return new PollTimeout(0, Unit.NANOS, 0, NO_DEADLINE);
        }
        long seconds = task.memory().readLong(vaddr);
        return of(task, vaddr, Unit.NANOS, seconds, task.memory().readLong(vaddr + 8));
    }

    /// From a struct timeval, whose microseconds may be more than a second.
    ///
    /// @throws ErrnoException EFAULT, EINVAL
    static PollTimeout timeval(Task task, long vaddr) throws ErrnoException {
        if (vaddr == 0) {
            return new PollTimeout(0, Unit.MICROS, 0, NO_DEADLINE);
        }
        long seconds = task.memory().readLong(vaddr);
        long micros = task.memory().readLong(vaddr + 8);
        return of(
                task,
                vaddr,
                Unit.MICROS,
                seconds + micros / MICROS_PER_SECOND,
                micros % MICROS_PER_SECOND * NANOS_PER_MICRO);
    }

    private static PollTimeout of(Task task, long vaddr, Unit unit, long seconds, long nanos)
            throws ErrnoException {
        if (seconds < 0 || nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw Errno.EINVAL.exception();
        }
        boolean isEndless = seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1;
        long timeout = isEndless ? -1 : seconds * NANOS_PER_SECOND + nanos;
        return new PollTimeout(vaddr, unit, timeout, task.deadline(timeout));
    }

    /// Sets the signal mask for the time of the call; a null pointer leaves it. Linux:
    /// set_user_sigmask()
    ///
    /// @throws ErrnoException EINVAL for another size than 8, EFAULT
    static void blockSignals(Task task, long maskAt, long maskBytes) throws ErrnoException {
        if (maskAt == 0) {
            return;
        }
        if (maskBytes != SIGSET_BYTES) {
            throw Errno.EINVAL.exception();
        }
        task.setTemporaryBlocked(task.memory().readLong(maskAt));
    }

    /// Monotonic time at which to give up, `Long.MAX_VALUE` for never.
    long deadlineNanos() {
        return deadlineNanos;
    }

    /// Tells how much time is left, unless there was none from the start.
    ///
    /// @return whether that could be written; a failure is the caller's to ignore
    boolean writeRest(Task task) {
        if (vaddr == 0 || timeoutNanos == 0) {
            return true;
        }
        long now = task.kernel().clock().monotonicNanos();
        long rest = deadlineNanos == NO_DEADLINE ? timeoutNanos : Math.max(0, deadlineNanos - now);
        long fraction = rest % NANOS_PER_SECOND;
        try {
            task.memory().writeLong(vaddr, rest / NANOS_PER_SECOND);
            task.memory()
                    .writeLong(
                            vaddr + 8, unit == Unit.MICROS ? fraction / NANOS_PER_MICRO : fraction);
            return true;
        } catch (ErrnoException unwritable) {
            return false;
        }
    }

    /// Ends a call that fails: the mask stays if a signal is to be delivered under it, and a call
    /// whose timeout could not be told is not restarted.
    ///
    /// @return to be thrown
    ErrnoException finish(Task task, ErrnoException failed) {
        boolean isInterrupted = failed.errno() == Errno.ERESTARTNOHAND;
        if (!isInterrupted) {
            task.restoreBlocked();
        }
        boolean isTold = writeRest(task);
        return isInterrupted && !isTold ? Errno.EINTR.exception() : failed;
    }
}
