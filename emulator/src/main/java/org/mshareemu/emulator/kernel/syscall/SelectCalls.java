package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_pselect6;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_select;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

/// select(2) and pselect6(2).
public final class SelectCalls {
    /// What counts as readable, writable, exceptional. Linux: POLLIN_SET, POLLOUT_SET, POLLEX_SET
    private static final int[] EVENTS_OF_SET = {
        Poll.POLLRDNORM
                | Poll.POLLRDBAND
                | Poll.POLLIN
                | Poll.POLLHUP
                | Poll.POLLERR
                | Poll.POLLNVAL,
        Poll.POLLWRBAND | Poll.POLLWRNORM | Poll.POLLOUT | Poll.POLLERR | Poll.POLLNVAL,
        Poll.POLLPRI | Poll.POLLNVAL
    };

    private static final int SETS = EVENTS_OF_SET.length;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(
                NR_select,
                (task, a) ->
                        select(
                                task,
                                a.i0(),
                                new long[] {a.a1(), a.a2(), a.a3()},
                                PollTimeout.timeval(task, a.a4())));
        table.row(
                NR_pselect6,
                (task, a) ->
                        pselect6(
                                task, a.i0(), new long[] {a.a1(), a.a2(), a.a3()}, a.a4(), a.a5()));
    }

    /// The last argument points to the address of a signal mask and its size.
    private static long pselect6(
            Task task, int count, long[] setsAt, long timeoutAt, long maskPairAt)
            throws ErrnoException, BlockedException {
        long maskAt = maskPairAt == 0 ? 0 : task.memory().readLong(maskPairAt);
        long maskBytes = maskPairAt == 0 ? 0 : task.memory().readLong(maskPairAt + 8);
        PollTimeout timeout = PollTimeout.timespec(task, timeoutAt);
        PollTimeout.blockSignals(task, maskAt, maskBytes);
        return select(task, count, setsAt, timeout);
    }

    private static long select(Task task, int count, long[] setsAt, PollTimeout timeout)
            throws ErrnoException, BlockedException {
        try {
            long ready = wait(task, count, setsAt, timeout.deadlineNanos());
            task.restoreBlocked();
            timeout.writeRest(task);
            return ready;
        } catch (ErrnoException failed) {
            throw timeout.finish(task, failed);
        }
    }

    /// Linux: core_sys_select(), do_select()
    private static long wait(Task task, int wantedCount, long[] setsAt, long deadline)
            throws ErrnoException, BlockedException {
        if (wantedCount < 0) {
            throw Errno.EINVAL.exception();
        }
        int count = Math.min(wantedCount, task.files().capacity());
        int words = (count + Long.SIZE - 1) / Long.SIZE;
        long[][] asked = new long[SETS][words];
        for (int set = 0; set < SETS; set++) {
            readSet(task, setsAt[set], asked[set]);
        }
        ReadinessWait waits = new ReadinessWait();
        long[][] found = new long[SETS][words];
        int ready = 0;
        for (int fd = 0; fd < count; fd++) {
            ready += look(task, fd, asked, found, waits);
        }
        boolean isOver = task.kernel().clock().monotonicNanos() >= deadline;
        if (ready == 0 && (task.hasPendingSignal() || !isOver)) {
            throw waits.block(task, deadline, Errno.ERESTARTNOHAND);
        }
        for (int set = 0; set < SETS; set++) {
            writeSet(task, setsAt[set], found[set]);
        }
        return ready;
    }

    /// Looks at one descriptor in all sets it is in.
    ///
    /// @return in how many it is ready
    /// @throws ErrnoException EBADF
    private static int look(Task task, int fd, long[][] asked, long[][] found, ReadinessWait waits)
            throws ErrnoException {
        int word = fd / Long.SIZE;
        long bit = 1L << fd;
        if (((asked[0][word] | asked[1][word] | asked[2][word]) & bit) == 0) {
            return 0;
        }
        OpenFile file = task.files().peek(fd);
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        int events = file.isPathOnly() ? Poll.POLLNVAL : waits.poll(file);
        int ready = 0;
        for (int set = 0; set < SETS; set++) {
            if ((asked[set][word] & bit) != 0 && (events & EVENTS_OF_SET[set]) != 0) {
                found[set][word] |= bit;
                ready++;
            }
        }
        return ready;
    }

    private static void readSet(Task task, long vaddr, long[] words) throws ErrnoException {
        if (vaddr != 0) {
            for (int i = 0; i < words.length; i++) {
                words[i] = task.memory().readLong(vaddr + 8L * i);
            }
        }
    }

    private static void writeSet(Task task, long vaddr, long[] words) throws ErrnoException {
        if (vaddr != 0) {
            for (int i = 0; i < words.length; i++) {
                task.memory().writeLong(vaddr + 8L * i, words[i]);
            }
        }
    }
}
