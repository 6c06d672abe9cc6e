package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;

import java.util.List;

/// One task as /proc shows it; used at once and not kept. Linux: struct task_struct
public interface ProcessTask {
    /// What the numbers of a task are counted over.
    enum Extent {
        /// The task alone: files below /proc/PID/task.
        THREAD,
        /// All threads of the process, ended ones included: files of /proc/PID.
        PROCESS
    }

    TaskIds ids();

    /// Numbers of the threads of its process, ascending.
    List<Integer> threads();

    /// Numbers of the processes whose parent is this task. Linux: /proc/PID/task/TID/children
    List<Integer> children();

    /// At most 15 bytes, each a character. Linux: task->comm
    String comm();

    /// Linux: set_task_comm()
    void setComm(String comm);

    /// R, S, D, T, t, Z, X or I.
    char stateLetter();

    Credentials credentials();

    ResourceLimits limits();

    SignalSets signals();

    TaskTimes times(Extent extent);

    TaskSchedule schedule();

    IoCounters io(Extent extent);

    /// Null once the task has exited.
    @Nullable FileTable files();

    /// Null once the task has exited.
    @Nullable FsContext fs();

    /// Null once the task has exited. Linux: get_task_mm()
    @Nullable ProcessMemory memory();

    /// PF_*: PF_FORKNOEXEC (0x40), PF_EXITING (0x4), PF_RANDOMIZE (0x400000), …
    long flags();

    /// The signal its parent gets when it ends.
    int exitSignal();

    /// Status for wait(2) once it has ended, else 0.
    int exitCode();

    /// Whether others of the same user may look into it. Linux: get_dumpable() == SUID_DUMP_USER
    boolean isDumpable();

    boolean hasNoNewPrivileges();

    /// Linux: signal->oom_score_adj
    int oomScoreAdjustment();

    void setOomScoreAdjustment(int adjustment);

    int personality();

    long timerSlackNanos();

    void setTimerSlackNanos(long nanos);

    /// Where it sleeps, "0" if that has no name. Linux: get_wchan()
    default String waitChannel() {
        return "0";
    }

    /// Numbers of a task and of those around it.
    ///
    /// @param tid of the task
    /// @param tgid of its process
    /// @param parent process number of the parent, 0 if there is none
    /// @param processGroup Linux: task_pgrp_nr_ns()
    /// @param session Linux: task_session_nr_ns()
    /// @param terminal device number of the controlling terminal, 0 if there is none
    /// @param foreground process group in the terminal's foreground, -1 if there is no terminal
    /// @param threadCount threads of the process that have not ended, at least 1
    record TaskIds(
            int tid,
            int tgid,
            int parent,
            int processGroup,
            int session,
            int terminal,
            int foreground,
            int threadCount) {}

    /// Sets of signals; bit n - 1 stands for signal n.
    ///
    /// @param pending for the task
    /// @param sharedPending for the process
    /// @param blocked by the task
    /// @param ignored by the process
    /// @param caught by handlers
    /// @param queued signals queued for the user. Linux: ucounts UCOUNT_RLIMIT_SIGPENDING
    record SignalSets(
            long pending,
            long sharedPending,
            long blocked,
            long ignored,
            long caught,
            int queued) {}

    /// Times in nanoseconds and counts of events.
    ///
    /// @param startNanos on the monotonic clock
    record TaskTimes(
            long startNanos,
            long userNanos,
            long systemNanos,
            long childrenUserNanos,
            long childrenSystemNanos,
            long minorFaults,
            long majorFaults,
            long childrenMinorFaults,
            long childrenMajorFaults,
            long voluntarySwitches,
            long involuntarySwitches) {}

    /// How it is scheduled.
    ///
    /// @param nice -20 … 19
    /// @param policy SCHED_*
    /// @param realtimePriority 0 for ordinary policies
    /// @param cpu where it ran last
    /// @param allowedCpus bit n = CPU n
    record TaskSchedule(int nice, int policy, int realtimePriority, int cpu, long allowedCpus) {}

    /// Bytes moved and calls made by read(2), write(2) and their like. Linux: struct
    /// task_io_accounting
    record IoCounters(long readBytes, long writtenBytes, long readCalls, long writeCalls) {
        /// Nothing was counted.
        public static final IoCounters NONE = new IoCounters(0, 0, 0, 0);
    }
}
