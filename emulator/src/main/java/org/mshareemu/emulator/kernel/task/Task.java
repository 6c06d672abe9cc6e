package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Sched;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.signal.AltStack;
import org.mshareemu.emulator.kernel.signal.SignalHandlers;
import org.mshareemu.emulator.kernel.signal.SignalQueue;
import org.mshareemu.emulator.kernel.signal.TrapRecord;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.TaskRef;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// One thread of execution: registers, what it shares with others, and what it waits for.
///
/// Its life: [TaskClone] makes it, [Scheduler] lets it run, [TaskExec] gives it another program,
/// [TaskExit] ends it, [TaskWait] lets its parent forget it.
///
/// Blocking: a system-call handler that cannot go on says `throw task.waitOn(queue)`. The handler
/// is run again from its start when the queue is woken. See [BlockedException].
///
/// Linux: struct task_struct
public final class Task implements TaskRef {
    private final Kernel kernel;
    private int tid;
    private TaskGroup group;
    private final CpuState cpu;
    private final CallerContext caller;
    private final SyscallWait wait;

    private @Nullable Mm mm;
    private @Nullable FileTable files;
    private @Nullable FsContext fs;
    private SignalHandlers handlers;
    private Credentials credentials;
    private String comm;
    private TaskState state = TaskState.RUNNABLE;

    /// Blocked signals. Linux: task->blocked
    private long blocked;

    /// Mask to restore when the call ends without running a handler. Linux: saved_sigmask
    private long savedBlocked;

    private boolean hasSavedBlocked;
    private long realBlocked;
    private boolean isWaitingForSignals;

    private final SignalQueue pending = new SignalQueue();
    private AltStack altStack = AltStack.NONE;

    /// Linux: vfork_done: the parent that waits until this task has left its mm.
    @Nullable Task vforkParent;

    /// Linux: clear_child_tid
    long clearChildTid;

    long robustListHead;
    @Nullable RestartBlock restartBlock;

    /// Signal to send to the parent at exit; -1 for a thread that is not the leader. Linux:
    /// exit_signal
    int exitSignal;

    int exitCode;

    /// Signal for this task when its parent's thread exits. Linux: pdeath_signal
    int parentDeathSignal;

    /// The thread that made this task's process. Linux: real_parent
    @Nullable Task parentThread;

    /// Group stop that this thread has yet to take part in. Linux: JOBCTL_STOP_PENDING
    boolean stopPending;

    /// Linux: JOBCTL_STOP_CONSUME
    boolean stopConsume;

    /// The system call that is running or blocked; -1 between calls. Linux: orig_ax
    long syscallNumber = -1;

    /// The blocked call is to be run again before anything else.
    boolean inSyscall;

    /// The last trap; signal frames show it. Linux: thread.trap_nr, error_code, cr2
    final TrapRecord lastTrap = new TrapRecord();

    /// CPUs it may run on; bit n = CPU n.
    private long affinity;

    /// CPU it ran on last or is to run on.
    private int cpuNumber;

    private int nice;
    private int schedulingPolicy;
    private int schedulingPriority;
    private final TaskCounters counters = new TaskCounters();
    private final TaskOptions options = new TaskOptions();

    Task(
            Kernel kernel,
            int tid,
            TaskGroup group,
            CpuState cpu,
            SignalHandlers handlers,
            Credentials credentials,
            String comm) {
        this.kernel = kernel;
        this.tid = tid;
        this.group = group;
        this.cpu = cpu;
        this.handlers = handlers;
        this.credentials = credentials;
        this.comm = comm;
        this.caller = new TaskCaller(this);
        this.wait = new SyscallWait(this, kernel.timers());
        this.affinity = kernel.allCpus();
    }

    // ---- identity ----

    /// The thread's number. Linux: task_pid()
    @Override
    public int tid() {
        return tid;
    }

    /// The process's number. Linux: task_tgid()
    @Override
    public int tgid() {
        return group.tgid();
    }

    /// A thread that calls execve takes the number of its process. Linux: de_thread()
    void setTid(int newTid) {
        tid = newTid;
    }

    public TaskGroup group() {
        return group;
    }

    /// Whether this is the first thread of its process. Linux: thread_group_leader()
    public boolean isLeader() {
        return group.leader() == this;
    }

    /// The signal the parent gets when this task ends; -1 for a thread that is no leader. Linux:
    /// exit_signal
    public int exitSignal() {
        return exitSignal;
    }

    public Kernel kernel() {
        return kernel;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    /// Linux: commit_creds()
    public void setCredentials(Credentials newCredentials) {
        credentials = newCredentials;
    }

    public ResourceLimits limits() {
        return group.limits();
    }

    /// The name, at most 15 bytes, each char one byte.
    public String comm() {
        return comm;
    }

    /// Linux: set_task_comm()
    public void setComm(String newComm) {
        comm = newComm.substring(0, Math.min(15, newComm.length()));
    }

    /// Where to store 0, and wake a futex, when the task ends. Linux: clear_child_tid
    public void setClearChildTid(long vaddr) {
        clearChildTid = vaddr;
    }

    public long clearChildTid() {
        return clearChildTid;
    }

    /// See PR_SET_PDEATHSIG in prctl(2).
    public int parentDeathSignal() {
        return parentDeathSignal;
    }

    public void setParentDeathSignal(int signo) {
        parentDeathSignal = signo;
    }

    /// The list of locks to be given up when the task ends. Linux: robust_list
    public long robustListHead() {
        return robustListHead;
    }

    public void setRobustListHead(long vaddr) {
        robustListHead = vaddr;
    }

    // ---- what it works with ----

    public CpuState cpu() {
        return cpu;
    }

    /// The address space. Only for a task that has not exited.
    public Mm mm() {
        Mm current = mm;
        if (current == null) {
            throw new KernelBug("task " + tid + " has no address space");
        }
        return current;
    }

    /// The address space, or null once the task has exited.
    public @Nullable Mm mmOrNull() {
        return mm;
    }

    void setMm(@Nullable Mm newMm) {
        mm = newMm;
    }

    /// The address space as files see it.
    public AddressSpace space() {
        return mm();
    }

    /// Reads and writes of the task's memory.
    public UserMemory memory() {
        return mm().memory();
    }

    /// The open files. Only for a task that has not exited.
    public FileTable files() {
        FileTable current = files;
        if (current == null) {
            throw new KernelBug("task " + tid + " has no file table");
        }
        return current;
    }

    /// The open files, or null once the task has exited.
    public @Nullable FileTable filesOrNull() {
        return files;
    }

    public void setFiles(@Nullable FileTable newFiles) {
        files = newFiles;
    }

    /// Root, working directory and umask. Only for a task that has not exited.
    public FsContext fs() {
        FsContext current = fs;
        if (current == null) {
            throw new KernelBug("task " + tid + " has no file-system context");
        }
        return current;
    }

    /// As [#fs], or null once the task has exited.
    public @Nullable FsContext fsOrNull() {
        return fs;
    }

    public void setFs(@Nullable FsContext newFs) {
        fs = newFs;
    }

    /// This task as file operations see their caller.
    public CallerContext caller() {
        return caller;
    }

    public TaskCounters counters() {
        return counters;
    }

    public TaskOptions options() {
        return options;
    }

    // ---- signals ----

    public SignalHandlers handlers() {
        return handlers;
    }

    void setHandlers(SignalHandlers newHandlers) {
        handlers = newHandlers;
    }

    /// Signals for this thread alone. Linux: task->pending
    public SignalQueue pending() {
        return pending;
    }

    /// Blocked signals; bit n-1 = signal n.
    public long blocked() {
        return blocked;
    }

    /// Linux: set_current_blocked(), which keeps SIGKILL and SIGSTOP out of the mask
    public void setBlocked(long mask) {
        long newMask = mask & ~Signals.UNBLOCKABLE_MASK;
        kernel.signals().retarget(this, newMask & ~blocked);
        blocked = newMask;
    }

    /// Sets the mask for the duration of one call that ends with a signal, such as rt_sigsuspend(2)
    /// or ppoll(2). On a re-run of the call nothing changes. Linux: set_user_sigmask()
    public void setTemporaryBlocked(long mask) {
        if (!hasSavedBlocked) {
            hasSavedBlocked = true;
            savedBlocked = blocked;
            setBlocked(mask);
        }
    }

    /// The call ended without a signal: the mask is the old one again. Linux:
    /// restore_saved_sigmask()
    public void restoreBlocked() {
        if (hasSavedBlocked) {
            hasSavedBlocked = false;
            setBlocked(savedBlocked);
        }
    }

    /// The mask a handler is to return to. Linux: sigmask_to_save()
    long maskToSave() {
        return hasSavedBlocked ? savedBlocked : blocked;
    }

    void forgetSavedBlocked() {
        hasSavedBlocked = false;
    }

    boolean hasSavedBlocked() {
        return hasSavedBlocked;
    }

    /// What a new task takes over: the blocked mask, not the pending signals.
    void inheritSignalState(Task from) {
        blocked = from.blocked;
    }

    /// For a call that waits for signals which are blocked otherwise: they wake the task now, and
    /// are queued even if they would be ignored. Linux: real_blocked
    public void beginSignalWait(long wanted) {
        if (!isWaitingForSignals) {
            isWaitingForSignals = true;
            realBlocked = blocked;
            blocked &= ~wanted;
        }
    }

    /// Ends [#beginSignalWait].
    public void endSignalWait() {
        if (isWaitingForSignals) {
            isWaitingForSignals = false;
            blocked = realBlocked;
            realBlocked = 0;
        }
    }

    /// Blocked signals, those included that are waited for. Linux: blocked | real_blocked
    long blockedOrAwaited() {
        return blocked | realBlocked;
    }

    /// For rt_sigreturn(2): the registers are another context's, so its result is not to be taken
    /// for a call that may have to be restarted. Linux: orig_ax = -1
    public void forgetSyscall() {
        syscallNumber = -1;
    }

    /// How restart_syscall(2) goes on, or null.
    public @Nullable RestartBlock restartBlock() {
        return restartBlock;
    }

    /// Set by a call that is about to fail with ERESTART_RESTARTBLOCK.
    public void setRestartBlock(@Nullable RestartBlock block) {
        restartBlock = block;
    }

    public AltStack altStack() {
        return altStack;
    }

    public void setAltStack(AltStack newStack) {
        altStack = newStack;
    }

    /// Whether a signal is there to be delivered, or the task is to stop or die. Linux:
    /// signal_pending()
    public boolean hasPendingSignal() {
        return ((pending.set() | group.sharedPending().set()) & ~blocked) != 0 || stopPending;
    }

    /// Whether some other signal than the given one waits to be taken.
    boolean hasOtherPendingThan(int signo) {
        long others = pending.set() | group.sharedPending().set();
        return (others & ~blocked & ~Signals.bit(signo)) != 0 || stopPending;
    }

    /// Whether the task is about to die. Linux: fatal_signal_pending()
    public boolean hasFatalSignal() {
        return pending.contains(Signals.SIGKILL);
    }

    /// Number of the call it sleeps in, or -1.
    public long blockedCall() {
        return inSyscall ? syscallNumber : -1;
    }

    // ---- waiting ----

    /// Sleeps until the queue is woken; a signal ends the call with ERESTARTSYS.
    ///
    /// @return to be thrown by the handler
    /// @throws ErrnoException ERESTARTSYS if a signal is pending
    public BlockedException waitOn(WaitQueue queue) throws ErrnoException {
        return waitOn(queue, Errno.ERESTARTSYS);
    }

    /// As [#waitOn(WaitQueue)] with another result for a signal.
    ///
    /// @param onSignal EINTR, ERESTARTSYS, ERESTARTNOHAND …
    public BlockedException waitOn(WaitQueue queue, Errno onSignal) throws ErrnoException {
        failOnSignal(onSignal);
        wait.stand(queue);
        return sleep(TaskState.SLEEPING);
    }

    /// Sleeps until any of the queues is woken.
    public BlockedException waitOn(Errno onSignal, WaitQueue... queues) throws ErrnoException {
        return waitUntil(Long.MAX_VALUE, onSignal, queues);
    }

    /// Sleeps until a queue is woken or a deadline comes; see [#deadline].
    ///
    /// @param deadlineNanos monotonic time, `Long.MAX_VALUE` for none
    public BlockedException waitUntil(long deadlineNanos, WaitQueue... queues)
            throws ErrnoException {
        return waitUntil(deadlineNanos, Errno.ERESTARTSYS, queues);
    }

    /// Sleeps until a queue is woken or a deadline comes; see [#deadline].
    public BlockedException waitUntil(long deadlineNanos, Errno onSignal, WaitQueue... queues)
            throws ErrnoException {
        failOnSignal(onSignal);
        for (WaitQueue queue : queues) {
            wait.stand(queue);
        }
        wait.armDeadline(deadlineNanos);
        return sleep(TaskState.SLEEPING);
    }

    /// Sleeps until the queue is woken, signals or not.
    public BlockedException waitUninterruptibly(WaitQueue queue) {
        wait.stand(queue);
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until the queue is woken; of all signals only a fatal one ends the wait, with EINTR.
    public BlockedException waitKillable(WaitQueue queue) throws ErrnoException {
        if (hasFatalSignal()) {
            throw Errno.EINTR.exception();
        }
        wait.stand(queue);
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until [#wake] says so, for a thread that waits for the others of its process to end.
    BlockedException waitForThreads() {
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until the child that borrowed the memory gives it back. Linux: wait_for_vfork_done()
    BlockedException waitForChild() {
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until a signal comes.
    ///
    /// @param onSignal how the call ends then
    public BlockedException waitForSignal(Errno onSignal) throws ErrnoException {
        failOnSignal(onSignal);
        return sleep(TaskState.SLEEPING);
    }

    /// For a handler that was about to block and may not: it is awake again.
    public void cancelWait() {
        wait.leave();
        state = TaskState.RUNNABLE;
    }

    /// The deadline of this call: fixed at its first run and the same on all re-runs.
    ///
    /// @param timeoutNanos from the first run on; negative = no deadline
    /// @return monotonic time, `Long.MAX_VALUE` for none
    public long deadline(long timeoutNanos) {
        return wait.deadline(kernel.clock().monotonicNanos(), timeoutNanos);
    }

    /// As [#deadline], given as an absolute monotonic time.
    public long absoluteDeadline(long deadlineNanos) {
        wait.fixDeadline(deadlineNanos);
        return deadlineNanos;
    }

    /// Whether the deadline of this call has come.
    public boolean timedOut() {
        return wait.isDeadlineReached(kernel.clock().monotonicNanos());
    }

    /// What the handler left with [#setProgress] on an earlier run of this same call, else null.
    public @Nullable Object progress() {
        return wait.progress();
    }

    /// Leaves something for the next run of this same call.
    public void setProgress(@Nullable Object progress) {
        wait.setProgress(progress);
    }

    /// Bytes done by earlier runs of this same call.
    public long progressBytes() {
        return wait.progressBytes();
    }

    public void setProgressBytes(long bytes) {
        wait.setProgressBytes(bytes);
    }

    SyscallWait syscallWait() {
        return wait;
    }

    private void failOnSignal(Errno onSignal) throws ErrnoException {
        if (hasPendingSignal()) {
            throw onSignal.exception();
        }
    }

    private BlockedException sleep(TaskState newState) {
        state = newState;
        return BlockedException.INSTANCE;
    }

    /// Makes a sleeping task look again. Linux: try_to_wake_up()
    void wake(WakeReason reason) {
        boolean wakes =
                switch (state) {
                    case RUNNABLE, ZOMBIE, DEAD -> false;
                    case SLEEPING -> reason != WakeReason.CONTINUE;
                    case UNINTERRUPTIBLE -> reason == WakeReason.EVENT || reason == WakeReason.KILL;
                    case STOPPED -> reason == WakeReason.KILL || reason == WakeReason.CONTINUE;
                };
        if (wakes) {
            wait.leave();
            state = TaskState.RUNNABLE;
            kernel.scheduler().enqueue(this);
        }
    }

    // ---- scheduling ----

    public TaskState state() {
        return state;
    }

    void setState(TaskState newState) {
        state = newState;
    }

    void setGroup(TaskGroup newGroup) {
        group = newGroup;
    }

    /// CPUs it may run on; bit n = CPU n.
    public long affinity() {
        return affinity;
    }

    public void setAffinity(long mask) {
        affinity = mask;
    }

    /// CPU it runs on or ran on last.
    public int cpuNumber() {
        return cpuNumber;
    }

    void setCpuNumber(int number) {
        cpuNumber = number;
    }

    public int nice() {
        return nice;
    }

    public void setNice(int newNice) {
        nice = newNice;
    }

    public int schedulingPolicy() {
        return schedulingPolicy;
    }

    public int schedulingPriority() {
        return schedulingPriority;
    }

    public void setScheduling(int policy, int priority) {
        schedulingPolicy = policy;
        schedulingPriority = priority;
    }

    /// Linux: sched_fork(), which honours SCHED_RESET_ON_FORK
    void inheritScheduling(Task from) {
        if ((from.schedulingPolicy & Sched.SCHED_RESET_ON_FORK) == 0) {
            schedulingPolicy = from.schedulingPolicy;
            schedulingPriority = from.schedulingPriority;
        }
    }

    @Override
    public String toString() {
        return "%s[%d/%d] %s".formatted(comm, tgid(), tid, state);
    }
}
