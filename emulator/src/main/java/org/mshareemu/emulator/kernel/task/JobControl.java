package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.signal.SigInfo;

/// Process groups and sessions: who is in which, and what becomes of a job that nobody can
/// continue.
///
/// Linux: sys_setpgid(), sys_setsid(), will_become_orphaned_pgrp()
public final class JobControl {
    private final TaskTable tasks;
    private final SignalSender signals;

    JobControl(TaskTable tasks, SignalSender signals) {
        this.tasks = tasks;
        this.signals = signals;
    }

    /// Whether no member has a parent in another job of the same session, who could continue it.
    /// Linux: is_current_pgrp_orphaned()
    boolean isOrphaned(ProcessGroup job) {
        return isOrphanedWithout(job, null);
    }

    /// @param leaving a process that is not counted, as it is about to end
    private static boolean isOrphanedWithout(ProcessGroup job, @Nullable TaskGroup leaving) {
        for (TaskGroup member : job.members()) {
            TaskGroup parent = member.parent();
            boolean over = member == leaving || member.hasEnded();
            if (over || parent == null || (parent.isInit() && !member.machineStarted)) {
                continue;
            }
            if (parent.processGroup() != job && parent.session() == job.session()) {
                return false;
            }
        }
        return true;
    }

    /// When a process ends or gets a new parent, its job may lose the last one who could continue
    /// it: stopped members then get SIGHUP and SIGCONT. Linux: kill_orphaned_pgrp()
    ///
    /// @param member in the job in question
    /// @param formerParent the process that ends, if it is the parent; null if `member` itself ends
    void hangUpIfOrphaned(TaskGroup member, @Nullable TaskGroup formerParent) {
        TaskGroup parent = formerParent != null ? formerParent : member.parent();
        TaskGroup leaving = formerParent != null ? null : member;
        ProcessGroup job = member.processGroup();
        if (parent == null
                || parent.processGroup() == job
                || parent.session() != member.session()
                || !isOrphanedWithout(job, leaving)
                || !hasStoppedMember(job)) {
            return;
        }
        signals.sendToProcessGroup(job, SigInfo.fromKernel(Signals.SIGHUP));
        signals.sendToProcessGroup(job, SigInfo.fromKernel(Signals.SIGCONT));
    }

    private static boolean hasStoppedMember(ProcessGroup job) {
        for (TaskGroup member : job.members()) {
            if (member.isStopped()) {
                return true;
            }
        }
        return false;
    }

    /// See setpgid(2).
    public void setProcessGroup(Task caller, int pid, int pgid) throws ErrnoException {
        int targetId = pid == 0 ? caller.tgid() : pid;
        int jobId = pgid == 0 ? targetId : pgid;
        if (jobId < 0) {
            throw Errno.EINVAL.exception();
        }
        Task found = tasks.find(targetId);
        if (found == null) {
            throw Errno.ESRCH.exception();
        }
        if (!found.isLeader()) {
            throw Errno.EINVAL.exception();
        }
        TaskGroup target = found.group();
        TaskGroup own = caller.group();
        if (target.parent() == own) {
            if (target.session() != own.session()) {
                throw Errno.EPERM.exception();
            }
            if (target.execed) {
                throw Errno.EACCES.exception();
            }
        } else if (target != own) {
            throw Errno.ESRCH.exception();
        }
        if (target.session().id() == target.tgid()) {
            throw Errno.EPERM.exception();
        }
        ProcessGroup job = target.processGroup();
        if (jobId != targetId) {
            ProcessGroup existing = tasks.findProcessGroup(jobId);
            if (existing == null || existing.session() != own.session()) {
                throw Errno.EPERM.exception();
            }
            move(target, existing);
        } else if (job.id() != jobId) {
            ProcessGroup existing = tasks.findProcessGroup(jobId);
            move(
                    target,
                    existing != null ? existing : tasks.newProcessGroup(jobId, target.session()));
        }
    }

    /// See setsid(2).
    ///
    /// @return the new session's number
    public int newSession(Task caller) throws ErrnoException {
        TaskGroup group = caller.group();
        if (tasks.findProcessGroup(group.tgid()) != null || group.session().id() == group.tgid()) {
            throw Errno.EPERM.exception();
        }
        move(group, tasks.newSession(group.tgid()));
        return group.tgid();
    }

    private void move(TaskGroup group, ProcessGroup to) {
        ProcessGroup from = group.processGroup();
        if (from != to) {
            group.setProcessGroup(to);
            tasks.releaseIfEmpty(from);
        }
    }
}
