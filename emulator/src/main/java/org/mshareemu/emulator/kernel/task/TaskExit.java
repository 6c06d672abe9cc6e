package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FsContext;

/// The end of tasks and processes.
///
/// Order, as on Linux: group decision → address space → plugins → files → working directory →
/// children → parent told → reaped by the parent, or at once if nobody cares.
///
/// Linux: do_exit(), do_group_exit(), exit_notify(), release_task()
public final class TaskExit {
    /// Ticks per second in siginfo and times(2). Linux: USER_HZ
    private static final long TICK_NANOS = 10_000_000;

    private final Kernel kernel;

    TaskExit(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Ends all threads of the caller's process. Linux: do_group_exit()
    ///
    /// @param status as wait4(2) gives it
    public void exitGroup(Task task, int status) {
        TaskGroup group = task.group();
        if (group.exiting) {
            exit(task, group.groupExitCode);
            return;
        }
        if (group.execTask == null || group.execTask == task) {
            group.exiting = true;
            group.groupExitCode = status;
            kernel.signals().killThreads(group, task);
        }
        exit(task, status);
    }

    /// Ends one thread. Linux: do_exit()
    ///
    /// @param status as wait4(2) gives it
    public void exit(Task task, int status) {
        TaskGroup group = task.group();
        kernel.listener().taskExiting(task, status);
        boolean lastThread = group.liveTasks() == 1;
        task.syscallWait().leave();
        if (lastThread) {
            group.intervalTimers().cancelAll();
            group.posixTimers().deleteAll();
        }
        task.exitCode = status;
        leaveMemory(task);
        kernel.lifecycle().exiting(task);
        FileTable files = task.filesOrNull();
        task.setFiles(null);
        if (files != null) {
            files.release(task.caller());
        }
        FsContext fs = task.fsOrNull();
        task.setFs(null);
        if (fs != null) {
            fs.release();
        }
        task.handlers().release();
        notifyFamily(task, lastThread);
    }

    /// Linux: exit_mm(), mm_release()
    void leaveMemory(Task task) {
        Mm mm = task.mmOrNull();
        if (mm == null) {
            return;
        }
        releaseUserState(task, mm);
        task.setMm(null);
        mm.release();
    }

    /// What others wait for when a task gives up its memory, by exit or execve. Linux: mm_release()
    void releaseUserState(Task task, Mm mm) {
        kernel.futexes().exitRobustList(task);
        kernel.futexes().pi().ownerEnded(task);
        if (task.clearChildTid != 0) {
            if (mm.users() > 1) {
                try {
                    task.memory().writeInt(task.clearChildTid, 0);
                    kernel.futexes().wakeAt(mm, task.clearChildTid, 1);
                } catch (ErrnoException unwritable) {
                    // As on Linux: the address is the program's own affair.
                    kernel.listener().logged("clear_child_tid of " + task + " cannot be written");
                }
            }
            task.clearChildTid = 0;
        }
        completeVfork(task);
    }

    /// The parent that lent its memory goes on. Linux: complete_vfork_done()
    void completeVfork(Task task) {
        Task parent = task.vforkParent;
        task.vforkParent = null;
        if (parent != null) {
            parent.wake(WakeReason.EVENT);
        }
    }

    /// Linux: exit_notify()
    private void notifyFamily(Task task, boolean lastThread) {
        TaskGroup group = task.group();
        signalOrphansOf(task);
        if (lastThread) {
            reparentChildren(group);
            kernel.jobs().hangUpIfOrphaned(group, null);
        }
        task.setState(TaskState.ZOMBIE);
        if (!task.isLeader()) {
            bury(task);
        }
        if (group.liveTasks() == 0) {
            group.ended().wakeAll();
            if (notifyParentOfExit(group)) {
                release(group);
            }
        } else if (group.execTask != null && group.liveTasks() == 1) {
            group.execTask.wake(WakeReason.EVENT);
        }
    }

    /// A thread other than the leader is forgotten at once. Linux: release_task()
    private void bury(Task task) {
        TaskGroup group = task.group();
        group.endedThreads().add(task.counters());
        group.removeTask(task);
        task.setState(TaskState.DEAD);
        kernel.tasks().remove(task);
        task.cpu().close();
    }

    /// PR_SET_PDEATHSIG is about the thread that made the child. Linux: reparent_leader()
    private void signalOrphansOf(Task thread) {
        for (TaskGroup child : thread.group().mutableChildren().toArray(TaskGroup[]::new)) {
            for (Task orphan : child.tasksNow()) {
                if (orphan.parentThread == thread && orphan.parentDeathSignal != 0) {
                    kernel.signals()
                            .sendToGroup(
                                    child,
                                    SigInfo.fromTask(
                                            orphan.parentDeathSignal,
                                            Signals.SI_USER,
                                            thread.tgid(),
                                            thread.credentials().uid()));
                }
            }
        }
    }

    /// Children go to the nearest subreaper, else to init. Linux: forget_original_parent()
    private void reparentChildren(TaskGroup group) {
        if (group.mutableChildren().isEmpty()) {
            return;
        }
        TaskGroup reaper = findReaper(group);
        for (TaskGroup child : group.mutableChildren().toArray(TaskGroup[]::new)) {
            group.mutableChildren().remove(child);
            reaper.mutableChildren().add(child);
            child.setParent(reaper);
            Task newThread = reaper.isInit() ? null : reaper.leader();
            for (Task task : child.tasks()) {
                task.parentThread = newThread;
            }
            child.leader().exitSignal = Signals.SIGCHLD;
            if (child.hasEnded() && notifyParentOfExit(child)) {
                release(child);
            } else {
                kernel.jobs().hangUpIfOrphaned(child, group);
            }
        }
    }

    private TaskGroup findReaper(TaskGroup group) {
        for (TaskGroup up = group.parent(); up != null; up = up.parent()) {
            if (up.isInit() || (up.childSubreaper && up.liveTasks() > 0)) {
                return up;
            }
        }
        return kernel.init();
    }

    /// Linux: do_notify_parent()
    ///
    /// @return whether the parent does not want to wait for it
    private boolean notifyParentOfExit(TaskGroup group) {
        TaskGroup parent = group.parent();
        if (parent == null || parent.isInit()) {
            return true;
        }
        int signo = group.leader().exitSignal;
        boolean autoreap = false;
        if (signo == Signals.SIGCHLD) {
            SignalAction action = parent.leader().handlers().get(Signals.SIGCHLD);
            if (action.isIgnored()) {
                autoreap = true;
                signo = 0;
            } else if (action.has(Signals.SA_NOCLDWAIT)) {
                autoreap = true;
            }
        }
        if (signo > 0) {
            kernel.signals().sendToGroup(parent, exitInfo(group, signo));
        }
        parent.childChanged().wakeAll();
        return autoreap;
    }

    /// What SIGCHLD and waitid(2) say of an ended child.
    static SigInfo exitInfo(TaskGroup group, int signo) {
        int status = group.exitStatus();
        int code = Signals.CLD_EXITED;
        int value = status >> 8 & 0xff;
        if ((status & 0x7f) != 0) {
            boolean core = (status & Wait.CORE_FLAG) != 0;
            code = core ? Signals.CLD_DUMPED : Signals.CLD_KILLED;
            value = status & 0x7f;
        }
        return childInfo(group, signo, code, value);
    }

    /// Linux: do_notify_parent_cldstop()
    ///
    /// @param code CLD_STOPPED or CLD_CONTINUED
    void notifyParentOfStop(TaskGroup group, int code) {
        TaskGroup parent = group.parent();
        if (parent == null || parent.isInit()) {
            return;
        }
        int value = code == Signals.CLD_CONTINUED ? Signals.SIGCONT : group.stopSignal;
        SignalAction action = parent.leader().handlers().get(Signals.SIGCHLD);
        if (!action.isIgnored() && !action.has(Signals.SA_NOCLDSTOP)) {
            kernel.signals()
                    .sendToGroup(parent, childInfo(group, Signals.SIGCHLD, code, value & 0x7f));
        }
        parent.childChanged().wakeAll();
    }

    static SigInfo childInfo(TaskGroup group, int signo, int code, int value) {
        TaskCounters used = group.totalCounters();
        return SigInfo.child(
                signo,
                code,
                group.tgid(),
                group.leader().credentials().uid(),
                value,
                used.userNanos() / TICK_NANOS,
                used.systemNanos() / TICK_NANOS);
    }

    /// The process is gone for good: its number is free again. Linux: release_task() of the leader
    void release(TaskGroup group) {
        Task leader = group.leader();
        group.endedThreads().add(leader.counters());
        leader.setState(TaskState.DEAD);
        leader.cpu().close();
        kernel.tasks().remove(leader);
        kernel.tasks().remove(group);
        TaskGroup parent = group.parent();
        if (parent != null) {
            parent.mutableChildren().remove(group);
        }
        ProcessGroup job = group.processGroup();
        job.members().remove(group);
        kernel.tasks().releaseIfEmpty(job);
        kernel.processReleased(group);
    }
}
