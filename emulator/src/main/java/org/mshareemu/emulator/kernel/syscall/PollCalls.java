package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_poll;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_ppoll;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// poll(2) and ppoll(2).
public final class PollCalls {
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_poll, (task, a) -> poll(task, a.a0(), a.i1(), a.i2()));
        table.row(NR_ppoll, (task, a) -> ppoll(task, a.a0(), a.i1(), a.a2(), a.a3(), a.a4()));
    }

    private long poll(Task task, long fdsAt, int count, int timeoutMillis)
            throws ErrnoException, BlockedException {
        long deadline = task.deadline(timeoutMillis < 0 ? -1 : timeoutMillis * NANOS_PER_MILLI);
        return poll(task, fdsAt, count, deadline);
    }

    /// Linux: do_sys_poll() behind poll(2) and do_restart_poll()
    private long poll(Task task, long fdsAt, int count, long deadline)
            throws ErrnoException, BlockedException {
        try {
            return wait(task, fdsAt, count, deadline, Errno.ERESTART_RESTARTBLOCK);
        } catch (ErrnoException interrupted) {
            if (interrupted.errno() == Errno.ERESTART_RESTARTBLOCK) {
                task.setRestartBlock(
                        again -> poll(again, fdsAt, count, again.absoluteDeadline(deadline)));
            }
            throw interrupted;
        }
    }

    private long ppoll(
            Task task, long fdsAt, int count, long timeoutAt, long maskAt, long maskBytes)
            throws ErrnoException, BlockedException {
        PollTimeout timeout = PollTimeout.timespec(task, timeoutAt);
        PollTimeout.blockSignals(task, maskAt, maskBytes);
        try {
            long ready = wait(task, fdsAt, count, timeout.deadlineNanos(), Errno.ERESTARTNOHAND);
            task.restoreBlocked();
            timeout.writeRest(task);
            return ready;
        } catch (ErrnoException failed) {
            throw timeout.finish(task, failed);
        }
    }

    /// Looks at every descriptor, or waits until one of them may have changed. Linux: do_sys_poll()
    private static long wait(Task task, long fdsAt, int count, long deadline, Errno onSignal)
            throws ErrnoException, BlockedException {
        long limit = task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
        if (Long.compareUnsigned(Integer.toUnsignedLong(count), limit) > 0) {
            throw Errno.EINVAL.exception();
        }
        byte[] bytes = new byte[count * POLLFD_BYTES];
        task.memory().read(fdsAt, bytes, 0, bytes.length);
        ByteBuffer fds = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        ReadinessWait waits = new ReadinessWait();
        int ready = 0;
        for (int at = 0; at < bytes.length; at += POLLFD_BYTES) {
            int events = readiness(task, fds.getInt(at), fds.getShort(at + EVENTS), waits);
            fds.putShort(at + REVENTS, (short) events);
            ready += events != 0 ? 1 : 0;
        }
        if (ready == 0 && (task.hasPendingSignal() || !isOver(task, deadline))) {
            try {
                throw waits.block(task, deadline, onSignal);
            } catch (ErrnoException interrupted) {
                writeEvents(task, fdsAt, fds);
                throw interrupted;
            }
        }
        writeEvents(task, fdsAt, fds);
        return ready;
    }

    private static boolean isOver(Task task, long deadline) {
        return task.kernel().clock().monotonicNanos() >= deadline;
    }

    /// Linux: do_pollfd()
    private static int readiness(Task task, int fd, int events, ReadinessWait waits) {
        if (fd < 0) {
            return 0;
        }
        OpenFile file = task.files().peek(fd);
        if (file == null || file.isPathOnly()) {
            return Poll.POLLNVAL;
        }
        int wanted = (events & 0xffff) | Poll.POLLERR | Poll.POLLHUP;
        return waits.poll(file) & wanted;
    }

    /// Only the events that happened are written back.
    private static void writeEvents(Task task, long fdsAt, ByteBuffer fds) throws ErrnoException {
        for (int at = 0; at < fds.capacity(); at += POLLFD_BYTES) {
            task.memory().writeShort(fdsAt + at + REVENTS, fds.getShort(at + REVENTS));
        }
    }
}
