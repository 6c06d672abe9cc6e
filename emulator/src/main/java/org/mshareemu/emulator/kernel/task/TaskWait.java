package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.signal.SigInfo;

/// Waiting for children. Linux: do_wait(), wait_consider_task()
public final class TaskWait {
    /// Which children are meant, and which of their changes.
    ///
    /// @param type P_ALL, P_PID or P_PGID
    /// @param id process or process-group number
    /// @param options W*
    public record Request(int type, int id, int options) {
        boolean has(int option) {
            return (options & option) != 0;
        }
    }

    /// What a child did.
    ///
    /// @param pid the child
    /// @param status the status word of wait4(2)
    /// @param info what waitid(2) says
    /// @param usage what it and its own children used
    public record Change(int pid, int status, SigInfo info, TaskCounters usage) {}

    private final TaskExit exits;

    TaskWait(TaskExit exits) {
        this.exits = exits;
    }

    /// Looks for a child's change and takes note of it, unless WNOWAIT.
    ///
    /// @return null if there are such children but nothing to report, and WNOHANG is given
    /// @throws ErrnoException ECHILD if there is no such child; ERESTARTSYS
    /// @throws BlockedException until a child changes
    public @Nullable Change wait(Task task, Request request)
            throws ErrnoException, BlockedException {
        boolean eligibleSeen = false;
        for (TaskGroup child : task.group().children()) {
            if (!isEligible(task, child, request)) {
                continue;
            }
            eligibleSeen = true;
            Change change = consider(task.group(), child, request);
            if (change != null) {
                return change;
            }
        }
        if (!eligibleSeen) {
            throw Errno.ECHILD.exception();
        }
        if (request.has(Wait.WNOHANG)) {
            return null;
        }
        throw task.waitOn(task.group().childChanged());
    }

    /// Linux: eligible_pid(), eligible_child()
    private static boolean isEligible(Task waiter, TaskGroup child, Request request) {
        boolean isMeant =
                switch (request.type()) {
                    case Wait.P_PID -> child.tgid() == request.id();
                    case Wait.P_PGID -> child.processGroup().id() == request.id();
                    default -> true;
                };
        Task leader = child.leader();
        if (!isMeant || (request.has(Wait.WNOTHREAD) && leader.parentThread != waiter)) {
            return false;
        }
        boolean isClone = leader.exitSignal != Signals.SIGCHLD;
        return request.has(Wait.WALL) || isClone == request.has(Wait.WCLONE);
    }

    private @Nullable Change consider(TaskGroup parent, TaskGroup child, Request request) {
        if (child.hasEnded()) {
            return request.has(Wait.WEXITED) ? reportEnded(parent, child, request) : null;
        }
        if (child.stopped && !child.stopReported && request.has(Wait.WSTOPPED)) {
            child.stopReported = !request.has(Wait.WNOWAIT);
            return change(
                    child, Wait.stopped(child.stopSignal), Signals.CLD_STOPPED, child.stopSignal);
        }
        if (child.continued && request.has(Wait.WCONTINUED)) {
            child.continued = request.has(Wait.WNOWAIT);
            return change(child, Wait.STATUS_CONTINUED, Signals.CLD_CONTINUED, Signals.SIGCONT);
        }
        return null;
    }

    private Change reportEnded(TaskGroup parent, TaskGroup child, Request request) {
        TaskCounters usage = usage(child);
        SigInfo info = TaskExit.exitInfo(child, Signals.SIGCHLD);
        Change change = new Change(child.tgid(), child.exitStatus(), info, usage);
        if (!request.has(Wait.WNOWAIT)) {
            parent.waitedChildren().add(usage);
            exits.release(child);
        }
        return change;
    }

    private static Change change(TaskGroup child, int status, int code, int value) {
        SigInfo info = TaskExit.childInfo(child, Signals.SIGCHLD, code, value);
        return new Change(child.tgid(), status, info, usage(child));
    }

    private static TaskCounters usage(TaskGroup child) {
        TaskCounters sum = child.totalCounters();
        sum.add(child.waitedChildren());
        return sum;
    }
}
