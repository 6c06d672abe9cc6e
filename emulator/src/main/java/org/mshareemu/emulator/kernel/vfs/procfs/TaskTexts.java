package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.IoCounters;

/// The small files below /proc/PID. Linux: fs/proc/base.c
final class TaskTexts {
    /// /proc/PID/uid_map of the first user namespace.
    static final String IDENTITY_MAP = "         0          0 4294967295\n";

    private static final int COMM_BYTES = 15;
    private static final int OOM_LIMIT = 1000;

    /// Linux: the default of task->timer_slack_ns
    private static final long DEFAULT_SLACK_NANOS = 50_000;

    private TaskTexts() {}

    static String children(ProcessTask task) {
        StringBuilder out = new StringBuilder();
        for (int child : task.children()) {
            out.append(child).append(' ');
        }
        return out.toString();
    }

    /// A process may name its own threads. Linux: comm_write()
    ///
    /// @throws ErrnoException EINVAL for another process's
    static void setComm(ProcessTask task, String text, CallerContext caller) throws ErrnoException {
        if (task.ids().tgid() != caller.task().tgid()) {
            throw Errno.EINVAL.exception();
        }
        String name = text.substring(0, Math.min(text.length(), COMM_BYTES));
        int end = name.indexOf('\0');
        task.setComm(end < 0 ? name : name.substring(0, end));
    }

    /// Linux: proc_oom_score()
    static String oomScore(ProcessTask task) {
        long badness = 1000L + (task.memory() == null ? 0 : task.oomScoreAdjustment());
        return badness * 2 / 3 + "\n";
    }

    /// Linux: oom_score_adj_write()
    ///
    /// @throws ErrnoException EINVAL, EACCES
    static void setOomScoreAdjustment(ProcessTask task, String text, CallerContext caller)
            throws ErrnoException {
        long value = Numbers.parse(text.strip());
        if (value < -OOM_LIMIT || value > OOM_LIMIT) {
            throw Errno.EINVAL.exception();
        }
        if (value < task.oomScoreAdjustment()
                && !caller.credentials().isCapable(Credentials.CAP_SYS_RESOURCE)) {
            throw Errno.EACCES.exception();
        }
        task.setOomScoreAdjustment((int) value);
    }

    /// Linux: timerslack_ns_write()
    ///
    /// @throws ErrnoException EINVAL, EPERM
    static void setTimerSlack(ProcessTask task, String text, CallerContext caller)
            throws ErrnoException {
        long nanos = Numbers.parse(text.strip());
        if (nanos < 0) {
            throw Errno.EINVAL.exception();
        }
        if (task.ids().tid() != caller.task().tid()
                && !caller.credentials().isCapable(Credentials.CAP_SYS_NICE)) {
            throw Errno.EPERM.exception();
        }
        task.setTimerSlackNanos(nanos == 0 ? DEFAULT_SLACK_NANOS : nanos);
    }

    /// Linux: do_io_accounting()
    static String io(IoCounters io) {
        return "rchar: "
                + io.readBytes()
                + "\nwchar: "
                + io.writtenBytes()
                + "\nsyscr: "
                + io.readCalls()
                + "\nsyscw: "
                + io.writeCalls()
                + "\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n";
    }
}
