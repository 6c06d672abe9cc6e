package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.mm.MmContext;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.time.MachineClock;
import org.mshareemu.emulator.kernel.time.TimerQueue;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The state of one machine's kernel: who lives in it, its clock, its files. Every room of the
/// kernel gets at the others through here; `boot` makes it.
///
/// All of it belongs to the machine's one thread; [HostEvents] is the only way in from others.
public final class Kernel {
    /// What a kernel is made of.
    ///
    /// @param clock the machine's clock
    /// @param random what everything random comes from
    /// @param cpuCount how many CPUs
    /// @param mmContext what all address spaces share
    /// @param vfs the file side
    /// @param listener who looks on
    public record Parts(
            MachineClock clock,
            RandomGenerator random,
            int cpuCount,
            MmContext mmContext,
            Vfs vfs,
            KernelListener listener) {}

    /// Linux: init_uts_ns.name.release of the kernel this one behaves like
    public static final String RELEASE = "6.18.0-mshareemu";

    /// What uname(2) calls the version.
    public static final String VERSION = "#1 SMP PREEMPT_DYNAMIC mshare-emu";

    private static final int INIT_ID = 1;

    private final Parts parts;
    private final TimerQueue timers = new TimerQueue();
    private final TaskTable tasks = new TaskTable();
    private final Scheduler scheduler;
    private final SignalSender signals = new SignalSender();
    private final JobControl jobs = new JobControl(tasks, signals);
    private final TaskExit exits = new TaskExit(this);
    private final TaskWait waits = new TaskWait(exits);
    private final TaskClone clones = new TaskClone(this);
    private final TaskExec execs = new TaskExec(this);
    private final FutexTable futexes = new FutexTable();
    private final LifecycleListeners lifecycle = new LifecycleListeners();
    private final HostEvents hostEvents = new HostEvents();
    private final TaskGroup init;
    private final List<String> log = new ArrayList<>();
    private String hostName = "mshare-emu";
    private String domainName = "(none)";
    private @Nullable SyscallDispatcher dispatcher;
    private @Nullable Runnable releaseObserver;

    public Kernel(Parts parts) {
        this.parts = parts;
        this.scheduler = new Scheduler(parts.cpuCount());
        this.init = makeInit();
    }

    private TaskGroup makeInit() {
        try {
            int id = tasks.allocateId();
            if (id != INIT_ID) {
                throw new KernelBug("init got number " + id);
            }
        } catch (ErrnoException none) {
            throw new KernelBug("no number for init", none);
        }
        TaskGroup group =
                new TaskGroup(this, INIT_ID, new ResourceLimits(), tasks.newSession(INIT_ID));
        tasks.add(group);
        return group;
    }

    public MachineClock clock() {
        return parts.clock();
    }

    public TimerQueue timers() {
        return timers;
    }

    public TaskTable tasks() {
        return tasks;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public SignalSender signals() {
        return signals;
    }

    public JobControl jobs() {
        return jobs;
    }

    public TaskExit exits() {
        return exits;
    }

    public TaskWait waits() {
        return waits;
    }

    public TaskClone clones() {
        return clones;
    }

    public TaskExec execs() {
        return execs;
    }

    public FutexTable futexes() {
        return futexes;
    }

    public LifecycleListeners lifecycle() {
        return lifecycle;
    }

    public HostEvents hostEvents() {
        return hostEvents;
    }

    /// What all address spaces share.
    public MmContext mmContext() {
        return parts.mmContext();
    }

    /// The file side.
    public Vfs vfs() {
        return parts.vfs();
    }

    /// Random numbers that depend on the machine's seed only.
    public RandomGenerator random() {
        return parts.random();
    }

    /// Who looks on; a silent one if nobody does.
    public KernelListener listener() {
        return parts.listener();
    }

    /// Process 1: it adopts orphans and forgets them when they end. It has no tasks.
    public TaskGroup init() {
        return init;
    }

    public int cpuCount() {
        return parts.cpuCount();
    }

    /// Mask of all CPUs.
    public long allCpus() {
        return parts.cpuCount() == Long.SIZE ? -1L : (1L << parts.cpuCount()) - 1;
    }

    /// The task whose call or instructions run now.
    public Task current() {
        Task task = scheduler.current();
        if (task == null) {
            throw new KernelBug("no task is running");
        }
        return task;
    }

    /// As [#current], or null between tasks.
    public @Nullable Task currentOrNull() {
        return scheduler.current();
    }

    public String hostName() {
        return hostName;
    }

    public void setHostName(String name) {
        hostName = name;
    }

    public String domainName() {
        return domainName;
    }

    public void setDomainName(String name) {
        domainName = name;
    }

    /// Has the listener tell the user something; repeated lines are for the caller to avoid.
    public void log(String line) {
        log.add(line);
        listener().logged(line);
    }

    /// What was logged since boot.
    public List<String> logLines() {
        return List.copyOf(log);
    }

    /// Set once by boot: who runs system calls.
    public void setDispatcher(SyscallDispatcher newDispatcher) {
        dispatcher = newDispatcher;
    }

    SyscallDispatcher dispatcher() {
        SyscallDispatcher current = dispatcher;
        if (current == null) {
            throw new KernelBug("no system calls are registered");
        }
        return current;
    }

    /// Set by boot: to be run whenever a process that the machine started is gone.
    public void setReleaseObserver(Runnable observer) {
        releaseObserver = observer;
    }

    void processReleased(TaskGroup group) {
        if (group.machineStarted && releaseObserver != null) {
            releaseObserver.run();
        }
    }

    /// A process turned a CPU-time timer on or off.
    void cpuTimersChanged(TaskGroup group) {
        group.countsCpuTime = group.intervalTimers().countsCpuTime();
    }

    /// A signal was queued: those who poll for it look again. Linux: signalfd_notify()
    void signalQueued(Task target) {
        target.group().signalArrived().wakeAll();
    }

    /// A signal of the shared queue is being taken.
    SigInfo signalTaken(Task task, SigInfo info) {
        return info.code() == Signals.SI_TIMER ? task.group().posixTimers().delivered(info) : info;
    }
}
