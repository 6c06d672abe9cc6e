package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.signal.SignalQueue;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A process: the tasks that were made with CLONE_THREAD from one first task, and what belongs to
/// all of them. The machine's own init (process 1) is a group without tasks.
///
/// Linux: struct signal_struct, with the lists that task_struct keeps for the leader
public final class TaskGroup {
    private final int tgid;
    private final ResourceLimits limits;
    private @Nullable Task leader;
    private final List<Task> tasks = new ArrayList<>(1);
    private @Nullable TaskGroup parent;
    private final List<TaskGroup> children = new ArrayList<>(2);
    private ProcessGroup processGroup;
    private final SignalQueue sharedPending = new SignalQueue();

    /// Woken when a child changes state. Linux: wait_chldexit
    private final WaitQueue childChanged = new WaitQueue();

    /// Woken when this process has ended; pidfds wait here. Linux: pid->wait_pidfd
    private final WaitQueue ended = new WaitQueue();

    /// Woken when a signal is queued; signalfds wait here. Linux: sighand->signalfd_wqh
    private final WaitQueue signalArrived = new WaitQueue();

    /// The whole group ends with [#groupExitCode]. Linux: SIGNAL_GROUP_EXIT
    boolean exiting;

    int groupExitCode;

    /// The thread that runs execve and outlives the others. Linux: signal->group_exec_task
    @Nullable Task execTask;

    /// Threads that have yet to stop. Linux: group_stop_count
    int stopCount;

    /// All threads are stopped. Linux: SIGNAL_STOP_STOPPED
    boolean stopped;

    /// SIGCONT came and nobody waited for it yet. Linux: SIGNAL_STOP_CONTINUED
    boolean continued;

    /// Parent notification owed by the next thread that returns to user mode: CLD_* or 0. Linux:
    /// SIGNAL_CLD_STOPPED, SIGNAL_CLD_CONTINUED
    int owedNotification;

    /// The signal that stopped the group, also what WIFSTOPPED reports.
    int stopSignal;

    /// The stop has been reported to a waiting parent (its code was consumed).
    boolean stopReported;

    boolean childSubreaper;
    boolean hasChildSubreaper;
    boolean dumpable = true;
    private boolean membarrierRegistered;

    /// Whether a timer counts the process's CPU time.
    boolean countsCpuTime;

    /// Whether the process has called execve since it was forked. Linux: !PF_FORKNOEXEC
    boolean execed;

    /// Whether the machine started it, rather than another process.
    boolean machineStarted;

    private final TaskCounters endedThreads = new TaskCounters();
    private final TaskCounters waitedChildren = new TaskCounters();
    private final IntervalTimers intervalTimers;
    private final PosixTimers posixTimers;
    private int oomScoreAdjustment;

    TaskGroup(Kernel kernel, int tgid, ResourceLimits limits, ProcessGroup processGroup) {
        this.tgid = tgid;
        this.limits = limits;
        this.processGroup = processGroup;
        this.intervalTimers = new IntervalTimers(kernel, this);
        this.posixTimers = new PosixTimers(kernel, this);
        processGroup.members().add(this);
    }

    /// The process's number.
    public int tgid() {
        return tgid;
    }

    /// Resource limits; changed in place by setrlimit(2).
    public ResourceLimits limits() {
        return limits;
    }

    /// The first thread, which also stands for the process once it is a zombie.
    public Task leader() {
        Task first = leader;
        if (first == null) {
            throw new KernelBug("process " + tgid + " has no tasks");
        }
        return first;
    }

    void setLeader(Task newLeader) {
        leader = newLeader;
    }

    /// Whether this is the machine's init, which has no tasks.
    public boolean isInit() {
        return leader == null;
    }

    /// Its threads in the order in which they were made; a zombie leader is among them.
    public List<Task> tasks() {
        return Collections.unmodifiableList(tasks);
    }

    void addTask(Task task) {
        tasks.add(task);
    }

    void removeTask(Task task) {
        tasks.remove(task);
    }

    /// A copy of the threads, for loops that may end some of them.
    Task[] tasksNow() {
        return tasks.toArray(Task[]::new);
    }

    /// Threads that have not ended.
    public int liveTasks() {
        int live = 0;
        for (Task task : tasks) {
            live += task.state().isOver() ? 0 : 1;
        }
        return live;
    }

    /// The process to be told of the end; null for init only. Linux: real_parent->signal
    public @Nullable TaskGroup parent() {
        return parent;
    }

    void setParent(@Nullable TaskGroup newParent) {
        parent = newParent;
    }

    /// Number of the parent process. Linux: task_ppid_nr()
    public int parentId() {
        TaskGroup current = parent;
        return current == null ? 0 : current.tgid;
    }

    /// Children that have not been waited for, oldest first.
    public List<TaskGroup> children() {
        return Collections.unmodifiableList(children);
    }

    List<TaskGroup> mutableChildren() {
        return children;
    }

    public ProcessGroup processGroup() {
        return processGroup;
    }

    void setProcessGroup(ProcessGroup newGroup) {
        processGroup.members().remove(this);
        processGroup = newGroup;
        newGroup.members().add(this);
    }

    public Session session() {
        return processGroup.session();
    }

    /// Signals for any thread of the process. Linux: shared_pending
    public SignalQueue sharedPending() {
        return sharedPending;
    }

    /// Woken when a child changes state.
    public WaitQueue childChanged() {
        return childChanged;
    }

    /// Woken when the process ends; pidfds wait here.
    public WaitQueue ended() {
        return ended;
    }

    /// Woken when a signal is queued for any of its threads; signalfds wait here.
    public WaitQueue signalArrived() {
        return signalArrived;
    }

    /// Whether all threads have ended, so that a wait or a poll on a pidfd sees it. Linux:
    /// thread_group_exited()
    public boolean hasEnded() {
        return leader != null && leader.state().isOver() && liveTasks() == 0;
    }

    /// Whether the group is stopped by a signal.
    public boolean isStopped() {
        return stopped;
    }

    /// The status word as wait4(2) gives it, once ended.
    public int exitStatus() {
        return exiting ? groupExitCode : leader().exitCode;
    }

    /// What ended threads have used.
    TaskCounters endedThreads() {
        return endedThreads;
    }

    /// What children that were waited for have used, theirs included.
    public TaskCounters waitedChildren() {
        return waitedChildren;
    }

    /// What all threads, ended ones included, have used. Linux: thread_group_cputime()
    public TaskCounters totalCounters() {
        TaskCounters sum = new TaskCounters();
        sum.add(endedThreads);
        for (Task task : tasks) {
            if (task.state() != TaskState.DEAD) {
                sum.add(task.counters());
            }
        }
        return sum;
    }

    /// setitimer(2) timers.
    public IntervalTimers intervalTimers() {
        return intervalTimers;
    }

    /// timer_create(2) timers.
    public PosixTimers posixTimers() {
        return posixTimers;
    }

    /// Linux: MMF_DUMPABLE, kept for the process here
    public boolean isDumpable() {
        return dumpable;
    }

    public void setDumpable(boolean isDumpable) {
        dumpable = isDumpable;
    }

    /// Whether orphaned descendants become its children. Linux: is_child_subreaper
    public boolean isChildSubreaper() {
        return childSubreaper;
    }

    public void setChildSubreaper(boolean isSubreaper) {
        childSubreaper = isSubreaper;
    }

    /// Linux: MEMBARRIER_STATE_PRIVATE_EXPEDITED_READY
    public boolean isMembarrierRegistered() {
        return membarrierRegistered;
    }

    public void setMembarrierRegistered() {
        membarrierRegistered = true;
    }

    public int oomScoreAdjustment() {
        return oomScoreAdjustment;
    }

    public void setOomScoreAdjustment(int adjustment) {
        oomScoreAdjustment = adjustment;
    }

    @Override
    public String toString() {
        return "process " + tgid;
    }
}
