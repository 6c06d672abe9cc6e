package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.signal.SignalHandlers;
import org.mshareemu.emulator.kernel.signal.SignalQueue;

/// The sending half of signals: permission, queueing, choice of the thread, wake-up.
/// [SignalDelivery] is the receiving half.
///
/// Linux: send_signal_locked(), complete_signal(), prepare_signal(), force_sig_info()
public final class SignalSender {
    /// Whom a signal is for.
    enum Scope {
        THREAD,
        PROCESS
    }

    /// Sends to one thread. Linux: send_sig_info(PIDTYPE_PID)
    ///
    /// @throws ErrnoException EAGAIN if a real-time signal finds the queue full
    public void sendToTaskChecked(Task task, SigInfo info) throws ErrnoException {
        send(task, info, Scope.THREAD);
    }

    /// Sends to one thread; a full queue loses the siginfo.
    public void sendToTask(Task task, SigInfo info) {
        sendQuietly(task, info, Scope.THREAD);
    }

    /// Sends to a process. Linux: send_sig_info(PIDTYPE_TGID)
    ///
    /// @throws ErrnoException EAGAIN if a real-time signal finds the queue full
    public void sendToGroupChecked(TaskGroup group, SigInfo info) throws ErrnoException {
        if (!group.isInit()) {
            send(group.leader(), info, Scope.PROCESS);
        }
    }

    /// Sends to a process; a full queue loses the siginfo.
    public void sendToGroup(TaskGroup group, SigInfo info) {
        if (!group.isInit()) {
            sendQuietly(group.leader(), info, Scope.PROCESS);
        }
    }

    /// Sends to all processes of a job, as the terminal does. Linux: kill_pgrp(pgrp, sig, 1)
    public void sendToProcessGroup(ProcessGroup processGroup, SigInfo info) {
        for (TaskGroup member : processGroup.members().toArray(TaskGroup[]::new)) {
            sendToGroup(member, info);
        }
    }

    /// Takes the next pending signal of a task for a call that waits for signals.
    ///
    /// @param blocked signals to leave
    public @Nullable SigInfo take(Task task, long blocked) {
        return SignalDelivery.dequeue(task, blocked);
    }

    /// Drops pending signals that a process began to ignore. Linux: the end of do_sigaction()
    public void flushIgnored(TaskGroup group, int signo) {
        flushAll(group, Signals.bit(signo));
    }

    /// May `sender` send this to the process? Linux: check_kill_permission()
    ///
    /// @throws ErrnoException EPERM
    public void checkPermission(Task sender, Task target, int signo) throws ErrnoException {
        if (sender.group() == target.group()) {
            return;
        }
        Credentials from = sender.credentials();
        Credentials to = target.credentials();
        boolean sameUser =
                from.euid() == to.suid()
                        || from.euid() == to.uid()
                        || from.uid() == to.suid()
                        || from.uid() == to.uid();
        boolean sameSession =
                signo == Signals.SIGCONT && sender.group().session() == target.group().session();
        if (!sameUser && !sameSession && !from.isCapable(Credentials.CAP_KILL)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Sends a signal that the task cannot escape: if it ignores or blocks it, the default happens.
    /// Linux: force_sig_info()
    public void force(Task task, SigInfo info) {
        SignalHandlers handlers = task.handlers();
        long bit = Signals.bit(info.signo());
        boolean isBlocked = (task.blocked() & bit) != 0;
        if (isBlocked || handlers.get(info.signo()).isIgnored()) {
            handlers.set(info.signo(), SignalAction.DEFAULT);
            if (isBlocked) {
                task.setBlocked(task.blocked() & ~bit);
            }
        }
        sendQuietly(task, info, Scope.THREAD);
    }

    /// As [#force], and the handler is not asked. Linux: force_fatal_sig(), HANDLER_SIG_DFL
    public void forceFatal(Task task, int signo) {
        task.handlers().set(signo, SignalAction.DEFAULT);
        task.setBlocked(task.blocked() & ~Signals.bit(signo));
        sendQuietly(task, SigInfo.fromKernel(signo), Scope.THREAD);
    }

    /// Kills all threads of a group but one, or all. Linux: zap_other_threads()
    ///
    /// @param survivor null for none
    void killThreads(TaskGroup group, @Nullable Task survivor) {
        group.stopCount = 0;
        for (Task task : group.tasksNow()) {
            clearStop(task);
            if (task != survivor && !task.state().isOver()) {
                task.pending().addWithoutInfo(Signals.SIGKILL);
                task.wake(WakeReason.KILL);
            }
        }
    }

    /// A thread blocks signals that another one could take: let it look. Linux:
    /// retarget_shared_pending()
    void retarget(Task task, long newlyBlocked) {
        TaskGroup group = task.group();
        long stranded = group.sharedPending().set() & newlyBlocked;
        if (stranded == 0) {
            return;
        }
        for (Task other : group.tasks()) {
            if (other != task && (stranded & ~other.blocked()) != 0) {
                stranded &= other.blocked();
                other.wake(WakeReason.SIGNAL);
            }
        }
    }

    static void clearStop(Task task) {
        task.stopPending = false;
        task.stopConsume = false;
    }

    private void sendQuietly(Task target, SigInfo info, Scope scope) {
        try {
            send(target, info, scope);
        } catch (ErrnoException full) {
            queueOf(target, scope).addWithoutInfo(info.signo());
            complete(target, info.signo(), scope);
        }
    }

    private void send(Task target, SigInfo info, Scope scope) throws ErrnoException {
        int signo = info.signo();
        if (target.state() == TaskState.DEAD || !prepare(target, signo)) {
            return;
        }
        SignalQueue queue = queueOf(target, scope);
        if (signo < Signals.SIGRTMIN && queue.contains(signo)) {
            return;
        }
        boolean overridesLimit = signo < Signals.SIGRTMIN && info.code() >= 0;
        if (signo != Signals.SIGKILL && !overridesLimit && isFull(target)) {
            if (signo >= Signals.SIGRTMIN && info.code() != Signals.SI_USER) {
                throw Errno.EAGAIN.exception();
            }
            queue.addWithoutInfo(signo);
        } else {
            queue.add(info);
        }
        target.kernel().signalQueued(target);
        complete(target, signo, scope);
    }

    /// The limit counts per process here; Linux counts per user.
    private static boolean isFull(Task target) {
        int queued = target.group().sharedPending().size() + 1;
        for (Task task : target.group().tasks()) {
            queued += task.pending().size();
        }
        return target.limits().isExceeded(ResourceLimits.RLIMIT_SIGPENDING, queued);
    }

    private static SignalQueue queueOf(Task target, Scope scope) {
        return scope == Scope.THREAD ? target.pending() : target.group().sharedPending();
    }

    /// Stop signals and SIGCONT undo each other even when they are blocked or ignored.
    ///
    /// @return whether the signal is to be queued at all
    private static boolean prepare(Task target, int signo) {
        TaskGroup group = target.group();
        if (group.exiting) {
            return false;
        }
        long bit = Signals.bit(signo);
        if ((bit & Signals.STOP_MASK) != 0) {
            flushAll(group, Signals.bit(Signals.SIGCONT));
        } else if (signo == Signals.SIGCONT) {
            continueGroup(group);
        }
        boolean isBlocked = (target.blockedOrAwaited() & bit) != 0;
        return isBlocked || !target.handlers().isIgnored(signo);
    }

    private static void continueGroup(TaskGroup group) {
        flushAll(group, Signals.STOP_MASK);
        int owed = 0;
        if (group.stopped) {
            owed = Signals.CLD_CONTINUED;
        } else if (group.stopCount > 0) {
            owed = Signals.CLD_STOPPED;
        }
        for (Task task : group.tasksNow()) {
            clearStop(task);
            if (task.state() == TaskState.STOPPED) {
                task.wake(WakeReason.CONTINUE);
            }
        }
        if (owed != 0) {
            group.owedNotification = owed;
            group.continued = true;
            group.stopped = false;
            group.stopCount = 0;
        }
    }

    private static void flushAll(TaskGroup group, long mask) {
        group.sharedPending().flush(mask);
        for (Task task : group.tasks()) {
            task.pending().flush(mask);
        }
    }

    /// Picks the thread that is to take the signal and wakes it; a signal that is going to kill the
    /// process does so for all threads at once. Linux: complete_signal()
    private void complete(Task target, int signo, Scope scope) {
        Task taker = chooseThread(target, signo, scope);
        if (taker == null) {
            return;
        }
        TaskGroup group = target.group();
        if (isFatal(taker, signo)
                && !group.exiting
                && (Signals.bit(signo) & Signals.COREDUMP_MASK) == 0) {
            group.exiting = true;
            group.groupExitCode = signo;
            killThreads(group, null);
            return;
        }
        taker.wake(signo == Signals.SIGKILL ? WakeReason.KILL : WakeReason.SIGNAL);
    }

    private static @Nullable Task chooseThread(Task target, int signo, Scope scope) {
        if (wants(target, signo)) {
            return target;
        }
        if (scope == Scope.THREAD) {
            return null;
        }
        for (Task task : target.group().tasks()) {
            if (wants(task, signo)) {
                return task;
            }
        }
        return null;
    }

    /// Linux: wants_signal()
    private static boolean wants(Task task, int signo) {
        if ((task.blocked() & Signals.bit(signo)) != 0 || task.state().isOver()) {
            return false;
        }
        if (signo == Signals.SIGKILL) {
            return true;
        }
        if (task.state() == TaskState.STOPPED) {
            return false;
        }
        return task.kernel().currentOrNull() == task
                || task.group().liveTasks() == 1
                || !task.hasOtherPendingThan(signo);
    }

    /// Whether the default is to end the process, and nobody waits for the signal. Linux:
    /// sig_fatal()
    private static boolean isFatal(Task task, int signo) {
        long harmless = Signals.IGNORE_MASK | Signals.STOP_MASK;
        return (Signals.bit(signo) & (harmless | task.blockedOrAwaited())) == 0
                && task.handlers().get(signo).isDefault();
    }
}
