package org.mshareemu.emulator.kernel.task;

import static org.mshareemu.emulator.kernel.abi.Sched.*;

import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.signal.AltStack;
import org.mshareemu.emulator.kernel.signal.SignalHandlers;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;

/// Making tasks out of tasks. Linux: kernel_clone(), copy_process()
public final class TaskClone {
    /// Namespaces are not supported: only the initial ones exist.
    private static final long NAMESPACES =
            CLONE_NEWNS
                    | CLONE_NEWCGROUP
                    | CLONE_NEWUTS
                    | CLONE_NEWIPC
                    | CLONE_NEWUSER
                    | CLONE_NEWPID
                    | CLONE_NEWNET
                    | CLONE_NEWTIME;

    /// What clone3(2) was asked for. Linux: struct kernel_clone_args
    ///
    /// @param flags CLONE_*
    /// @param exitSignal for the parent at the child's end
    /// @param stackPointer of the child; 0 = the parent's
    /// @param tls FS base with CLONE_SETTLS
    /// @param parentTid where CLONE_PARENT_SETTID stores
    /// @param childTid where CLONE_CHILD_SETTID stores and CLONE_CHILD_CLEARTID clears
    public record Request(
            long flags,
            int exitSignal,
            long stackPointer,
            long tls,
            long parentTid,
            long childTid) {
        boolean has(long flag) {
            return (flags & flag) != 0;
        }
    }

    /// Tells a family of file descriptors to make one for the child (CLONE_PIDFD).
    @FunctionalInterface
    public interface BeforeStart {
        /// Last step that may fail; the child has not run and is not visible.
        void prepare(Task child) throws ErrnoException;
    }

    private final Kernel kernel;

    TaskClone(Kernel kernel) {
        this.kernel = kernel;
    }

    /// As [#clone], and with CLONE_VFORK waits until the child has left the caller's memory. A
    /// system-call handler: may be run several times.
    ///
    /// @return the child's number
    /// @throws BlockedException while the child uses the caller's memory
    public int run(Task parent, Request request, BeforeStart beforeStart)
            throws ErrnoException, BlockedException {
        Task child =
                parent.progress() instanceof Vfork(Task earlier)
                        ? earlier
                        : clone(parent, request, beforeStart);
        if (child.vforkParent == parent) {
            if (!parent.hasFatalSignal()) {
                parent.setProgress(new Vfork(child));
                throw parent.waitForChild();
            }
            child.vforkParent = null;
        }
        return child.tid();
    }

    /// Left with a parent that waits for its child.
    private record Vfork(Task child) {}

    /// Makes a copy of the caller that continues behind its system call with a result of 0.
    ///
    /// @throws ErrnoException EINVAL for combinations Linux refuses; EAGAIN, ENOMEM
    public Task clone(Task parent, Request request, BeforeStart beforeStart) throws ErrnoException {
        checkFlags(parent, request);
        checkProcessLimit(parent);
        int tid = kernel.tasks().allocateId();
        Mm mm = request.has(CLONE_VM) ? share(parent.mm()) : parent.mm().fork();
        Task child = newTask(parent, request, tid);
        copyResources(parent, child, request, mm);
        try {
            beforeStart.prepare(child);
            if (request.has(CLONE_PARENT_SETTID)) {
                storeQuietly(parent, request.parentTid(), tid);
            }
        } catch (ErrnoException failure) {
            discard(child);
            throw failure;
        }
        start(parent, child, request);
        return child;
    }

    /// Linux: the checks at the head of copy_process()
    private static void checkFlags(Task parent, Request request) throws ErrnoException {
        boolean invalid =
                (request.has(CLONE_THREAD) && !request.has(CLONE_SIGHAND))
                        || (request.has(CLONE_SIGHAND) && !request.has(CLONE_VM))
                        || ((request.flags() & (CLONE_NEWNS | CLONE_FS))
                                == (CLONE_NEWNS | CLONE_FS))
                        || ((request.flags() & (CLONE_NEWUSER | CLONE_FS))
                                == (CLONE_NEWUSER | CLONE_FS))
                        || (request.has(CLONE_THREAD) && request.has(CLONE_NEWUSER | CLONE_NEWPID))
                        || (request.has(CLONE_PARENT)
                                && parent.group().parent() != null
                                && parent.group().parent().isInit()
                                && parent.group().machineStarted)
                        || (request.has(CLONE_CLEAR_SIGHAND) && request.has(CLONE_SIGHAND))
                        || (request.has(CLONE_NEWIPC) && request.has(CLONE_SYSVSEM));
        if (invalid) {
            throw Errno.EINVAL.exception();
        }
        if (request.has(NAMESPACES)) {
            boolean isAdmin =
                    request.has(CLONE_NEWUSER)
                            || parent.credentials().isCapable(Credentials.CAP_SYS_ADMIN);
            throw (isAdmin ? Errno.EINVAL : Errno.EPERM).exception();
        }
    }

    private void checkProcessLimit(Task parent) throws ErrnoException {
        Credentials who = parent.credentials();
        if (who.uid() == 0
                || who.isCapable(Credentials.CAP_SYS_RESOURCE)
                || who.isCapable(Credentials.CAP_SYS_ADMIN)) {
            return;
        }
        long own = 1;
        for (Task task : kernel.tasks().tasks()) {
            own += task.credentials().uid() == who.uid() ? 1 : 0;
        }
        if (parent.limits().isExceeded(ResourceLimits.RLIMIT_NPROC, own)) {
            throw Errno.EAGAIN.exception();
        }
    }

    private static Mm share(Mm mm) {
        mm.acquire();
        return mm;
    }

    private Task newTask(Task parent, Request request, int tid) {
        boolean isThread = request.has(CLONE_THREAD);
        TaskGroup group = parent.group();
        if (!isThread) {
            group =
                    new TaskGroup(
                            kernel, tid, parent.limits().copy(), parent.group().processGroup());
        }
        SignalHandlers handlers =
                request.has(CLONE_SIGHAND) ? parent.handlers().share() : parent.handlers().copy();
        if (request.has(CLONE_CLEAR_SIGHAND)) {
            handlers.resetCaught();
        }
        CpuState cpu = new CpuState();
        cpu.copyFrom(parent.cpu());
        Task child =
                new Task(kernel, tid, group, cpu, handlers, parent.credentials(), parent.comm());
        if (!isThread) {
            adopt(parent, group, request);
            group.setLeader(child);
        }
        group.addTask(child);
        return child;
    }

    private static void adopt(Task parent, TaskGroup group, Request request) {
        TaskGroup own = parent.group();
        TaskGroup family = own.parent();
        group.setParent(request.has(CLONE_PARENT) && family != null ? family : own);
        group.hasChildSubreaper = own.hasChildSubreaper || own.childSubreaper;
        group.dumpable = own.dumpable;
        group.setOomScoreAdjustment(own.oomScoreAdjustment());
    }

    private void copyResources(Task parent, Task child, Request request, Mm mm) {
        child.setMm(mm);
        FileTable files = parent.files();
        if (request.has(CLONE_FILES)) {
            files.acquire();
            child.setFiles(files);
        } else {
            child.setFiles(files.copy());
        }
        FsContext fs = parent.fs();
        if (request.has(CLONE_FS)) {
            fs.acquire();
            child.setFs(fs);
        } else {
            child.setFs(fs.copy());
        }
        setRegisters(parent, child, request);
        child.inheritSignalState(parent);
        boolean sharesMemoryOnly = (request.flags() & (CLONE_VM | CLONE_VFORK)) == CLONE_VM;
        child.setAltStack(sharesMemoryOnly ? AltStack.NONE : parent.altStack());
        child.options().inherit(parent.options());
        if (!request.has(CLONE_VM)) {
            child.options().rseqArea = parent.options().rseqArea;
            child.options().rseqLength = parent.options().rseqLength;
            child.options().rseqSignature = parent.options().rseqSignature;
        }
        child.setAffinity(parent.affinity());
        child.setNice(parent.nice());
        child.inheritScheduling(parent);
        child.counters().started(kernel.clock().monotonicNanos());
        child.parentThread =
                request.has(CLONE_PARENT | CLONE_THREAD) ? parent.parentThread : parent;
        if (request.has(CLONE_THREAD)) {
            child.exitSignal = -1;
        } else if (request.has(CLONE_PARENT)) {
            child.exitSignal = parent.group().leader().exitSignal;
        } else {
            child.exitSignal = request.exitSignal();
        }
        child.clearChildTid = request.has(CLONE_CHILD_CLEARTID) ? request.childTid() : 0;
    }

    private static void setRegisters(Task parent, Task child, Request request) {
        CpuState cpu = child.cpu();
        child.lastTrap.copyFrom(parent.lastTrap);
        cpu.set(Register.RAX, 0);
        if (request.stackPointer() != 0) {
            cpu.set(Register.RSP, request.stackPointer());
        }
        if (request.has(CLONE_SETTLS)) {
            cpu.set(Register.FS_BASE, request.tls());
        }
    }

    /// The child becomes visible and runnable. Nothing here fails.
    private void start(Task parent, Task child, Request request) {
        kernel.tasks().add(child);
        if (!request.has(CLONE_THREAD)) {
            TaskGroup group = child.group();
            kernel.tasks().add(group);
            TaskGroup family = group.parent();
            if (family == null) {
                throw new KernelBug("child without a parent: " + child);
            }
            family.mutableChildren().add(group);
        }
        if (request.has(CLONE_VFORK)) {
            child.vforkParent = parent;
        }
        if (request.has(CLONE_CHILD_SETTID)) {
            storeQuietly(child, request.childTid(), child.tid());
        }
        kernel.lifecycle().forked(parent, child);
        kernel.listener().taskCloned(parent, child, request.flags());
        if (parent.group().stopCount > 0 && request.has(CLONE_THREAD)) {
            child.stopPending = true;
        }
        kernel.scheduler().enqueueNew(child);
    }

    /// Linux stores thread numbers without looking at the result.
    private static void storeQuietly(Task task, long vaddr, int tid) {
        try {
            task.memory().writeInt(vaddr, tid);
        } catch (ErrnoException unwritable) {
            task.kernel().listener().logged("thread number of " + task + " cannot be stored");
        }
    }

    /// Undoes what was built of a child that nobody has seen.
    private static void discard(Task child) {
        TaskGroup group = child.group();
        group.removeTask(child);
        if (group.tgid() == child.tid()) {
            group.processGroup().members().remove(group);
        }
        child.files().release(child.caller());
        child.fs().release();
        child.handlers().release();
        child.mm().release();
        child.cpu().close();
    }

    /// Makes the first task of a program that the machine starts; it has no address space yet.
    ///
    /// @param files its descriptors
    /// @param fs its directories
    public Task spawn(Credentials credentials, FileTable files, FsContext fs)
            throws ErrnoException {
        int tid = kernel.tasks().allocateId();
        TaskGroup init = kernel.init();
        ProcessGroup job = kernel.tasks().newProcessGroup(tid, init.session());
        TaskGroup group = new TaskGroup(kernel, tid, new ResourceLimits(), job);
        Task task =
                new Task(kernel, tid, group, new CpuState(), new SignalHandlers(), credentials, "");
        group.machineStarted = true;
        group.setLeader(task);
        group.addTask(task);
        group.setParent(init);
        task.exitSignal = Signals.SIGCHLD;
        task.setFiles(files);
        task.setFs(fs);
        task.counters().started(kernel.clock().monotonicNanos());
        kernel.tasks().add(task);
        kernel.tasks().add(group);
        init.mutableChildren().add(group);
        return task;
    }
}
