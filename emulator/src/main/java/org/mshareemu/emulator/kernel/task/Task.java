package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.kernel.KernelBug;
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

/// One thread of execution: registers, what it shares with others, and what it waits for.
///
/// Its life: [TaskClone] makes it, [Scheduler] lets it run, [TaskExec] gives it another program,
/// [TaskExit] ends it, [TaskWait] lets its parent forget it.
///
/// Blocking: a system-call handler that cannot go on says `throw task.waitOn(queue)`. The handler
/// is run again from its start when the queue is woken. See [BlockedException].
///
/// Linux: struct task_struct
public final class Task extends Sleeper implements TaskRef {
    private int tid;
    private TaskGroup group;
    private final CpuState cpu;
    private final CallerContext caller;

    private @Nullable Mm mm;
    private @Nullable FileTable files;
    private @Nullable FsContext fs;
    private SignalHandlers handlers;
    private Credentials credentials;
    private String comm;

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
        super(kernel);
        this.tid = tid;
        this.group = group;
        this.cpu = cpu;
        this.handlers = handlers;
        this.credentials = credentials;
        this.comm = comm;
        this.caller = new TaskCaller(this);
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
        kernel().signals().retarget(this, newMask & ~blocked);
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
    @Override
    public boolean hasPendingSignal() {
        return ((pending.set() | group.sharedPending().set()) & ~blocked) != 0 || stopPending;
    }

    /// Whether some other signal than the given one waits to be taken.
    boolean hasOtherPendingThan(int signo) {
        long others = pending.set() | group.sharedPending().set();
        return (others & ~blocked & ~Signals.bit(signo)) != 0 || stopPending;
    }

    /// Whether the task is about to die. Linux: fatal_signal_pending()
    @Override
    public boolean hasFatalSignal() {
        return pending.contains(Signals.SIGKILL);
    }

    /// Number of the call it sleeps in, or -1.
    public long blockedCall() {
        return inSyscall ? syscallNumber : -1;
    }

    // ---- scheduling ----

    @Override
    void enqueue() {
        kernel().scheduler().enqueue(this);
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
        return "%s[%d/%d] %s".formatted(comm, tgid(), tid, state());
    }
}
