package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.abi.Wait;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.signal.AltStack;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.signal.SignalFrame;

/// The receiving half of signals: what happens to a task on its way back to user mode.
///
/// Linux: exit_to_user_mode_loop(), arch_do_signal_or_restart(), get_signal(), handle_signal()
final class SignalDelivery {
    /// Length of the SYSCALL instruction.
    private static final int SYSCALL_BYTES = 2;

    private final Kernel kernel;
    private final SignalFrame frames = new SignalFrame();

    SignalDelivery(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Delivers what is pending and applies the restart rules of the call that just ended.
    ///
    /// @return whether the task may run user code; false if it stopped or ended
    boolean returnToUser(Task task) {
        while (needsAttention(task)) {
            SigInfo info = nextSignal(task);
            if (task.state() != TaskState.RUNNABLE) {
                return false;
            }
            if (info == null) {
                break;
            }
            callHandler(task, info);
        }
        if (task.syscallNumber >= 0) {
            restartWithoutHandler(task);
            task.syscallNumber = -1;
        }
        task.restoreBlocked();
        return true;
    }

    private static boolean needsAttention(Task task) {
        TaskGroup group = task.group();
        return task.hasPendingSignal()
                || group.exiting
                || group.owedNotification != 0
                || (group.execTask != null && group.execTask != task);
    }

    /// The next signal that has a handler; does the defaults of those that have not.
    ///
    /// @return null if there is none; the task may have stopped or ended. Linux: get_signal()
    private @Nullable SigInfo nextSignal(Task task) {
        TaskGroup group = task.group();
        if (group.owedNotification != 0) {
            int owed = group.owedNotification;
            group.owedNotification = 0;
            kernel.exits().notifyParentOfStop(group, owed);
        }
        while (true) {
            if (group.exiting || (group.execTask != null && group.execTask != task)) {
                kernel.exits().exit(task, group.exiting ? group.groupExitCode : 0);
                return null;
            }
            if (task.stopPending) {
                stop(task);
                return null;
            }
            SigInfo info = dequeue(task, task.blocked());
            if (info == null) {
                return null;
            }
            SignalAction action = task.handlers().get(info.signo());
            kernel.listener().signalDelivered(task, info, action);
            if (action.isIgnored()) {
                continue;
            }
            if (action.isHandled()) {
                return info;
            }
            if (!doDefault(task, info)) {
                return null;
            }
        }
    }

    /// Takes the next pending signal. Linux: dequeue_signal()
    ///
    /// @param blocked signals to leave
    static @Nullable SigInfo dequeue(Task task, long blocked) {
        SigInfo info = task.pending().takeSynchronous(blocked);
        if (info == null) {
            info = task.pending().take(blocked);
        }
        if (info == null) {
            info = task.group().sharedPending().take(blocked);
        }
        return info == null ? null : task.kernel().signalTaken(task, info);
    }

    /// @return whether to look for more signals
    private boolean doDefault(Task task, SigInfo info) {
        int signo = info.signo();
        long bit = Signals.bit(signo);
        if ((bit & Signals.IGNORE_MASK) != 0) {
            return true;
        }
        if ((bit & Signals.STOP_MASK) != 0) {
            if (signo != Signals.SIGSTOP && kernel.jobs().isOrphaned(task.group().processGroup())) {
                return true;
            }
            startStop(task, signo);
            stop(task);
            return false;
        }
        kernel.exits().exitGroup(task, signo | coreFlag(task, bit));
        return false;
    }

    /// Whether Linux would have written a core file; none is written here.
    private static int coreFlag(Task task, long bit) {
        long limit = task.limits().soft(ResourceLimits.RLIMIT_CORE);
        boolean dumps =
                (bit & Signals.COREDUMP_MASK) != 0
                        && task.group().dumpable
                        && Long.compareUnsigned(limit, 4096) >= 0;
        return dumps ? Wait.CORE_FLAG : 0;
    }

    /// All threads are to stop. Linux: first half of do_signal_stop()
    private static void startStop(Task task, int signo) {
        TaskGroup group = task.group();
        if (!group.stopped) {
            group.stopSignal = signo;
            group.stopReported = false;
        }
        group.stopCount = 0;
        for (Task other : group.tasksNow()) {
            if (other.state() != TaskState.STOPPED && !other.state().isOver()) {
                other.stopPending = true;
                other.stopConsume = true;
                group.stopCount++;
                if (other != task) {
                    other.wake(WakeReason.SIGNAL);
                }
            }
        }
    }

    /// This thread stops; the last one tells the parent. Linux: second half of do_signal_stop()
    private void stop(Task task) {
        TaskGroup group = task.group();
        boolean consume = task.stopConsume;
        SignalSender.clearStop(task);
        boolean last = false;
        if (consume) {
            group.stopCount = Math.max(0, group.stopCount - 1);
            last = group.stopCount == 0 && !group.stopped;
        }
        task.setState(TaskState.STOPPED);
        if (last) {
            group.stopped = true;
            group.continued = false;
            kernel.exits().notifyParentOfStop(group, Signals.CLD_STOPPED);
        }
    }

    /// Linux: handle_signal()
    private void callHandler(Task task, SigInfo info) {
        SignalAction action = task.handlers().get(info.signo());
        CpuState cpu = task.cpu();
        if (task.syscallNumber >= 0) {
            applyRestart(task, cpu, action);
            task.syscallNumber = -1;
        }
        if (action.has(Signals.SA_RESETHAND)) {
            SignalAction reset =
                    new SignalAction(
                            Signals.SIG_DFL, action.flags(), action.restorer(), action.mask());
            task.handlers().set(info.signo(), reset);
        }
        RestartableSequences.resume(task);
        try {
            frames.build(
                    cpu,
                    task.memory(),
                    action,
                    info,
                    task.maskToSave(),
                    task.altStack(),
                    task.lastTrap);
        } catch (ErrnoException badStack) {
            task.forgetSavedBlocked();
            forceSegv(task, info.signo());
            return;
        }
        if ((task.altStack().flags() & Signals.SS_AUTODISARM) != 0) {
            task.setAltStack(AltStack.NONE);
        }
        task.forgetSavedBlocked();
        long mask = task.blocked() | action.mask();
        if (!action.has(Signals.SA_NODEFER)) {
            mask |= Signals.bit(info.signo());
        }
        task.setBlocked(mask);
    }

    /// A frame that cannot be written. A SIGSEGV handler that cannot be called is not tried again.
    /// Linux: force_sigsegv()
    void forceSegv(Task task, int failedSigno) {
        if (failedSigno == Signals.SIGSEGV) {
            kernel.signals().forceFatal(task, Signals.SIGSEGV);
        } else {
            kernel.signals().force(task, SigInfo.fromKernel(Signals.SIGSEGV));
        }
    }

    private static void applyRestart(Task task, CpuState cpu, SignalAction action) {
        boolean interrupted =
                switch (restartKind(cpu)) {
                    case ERESTART_RESTARTBLOCK, ERESTARTNOHAND -> true;
                    case ERESTARTSYS -> !action.has(Signals.SA_RESTART);
                    default -> false;
                };
        if (interrupted) {
            cpu.set(Register.RAX, -Errno.EINTR.number());
        } else if (restartKind(cpu) != Errno.EINTR) {
            rewind(cpu, task.syscallNumber);
        }
    }

    private static void restartWithoutHandler(Task task) {
        CpuState cpu = task.cpu();
        switch (restartKind(cpu)) {
            case ERESTARTSYS, ERESTARTNOHAND, ERESTARTNOINTR -> rewind(cpu, task.syscallNumber);
            case ERESTART_RESTARTBLOCK -> rewind(cpu, SyscallNumber.NR_restart_syscall);
            default -> {}
        }
    }

    private static void rewind(CpuState cpu, long syscallNumber) {
        cpu.set(Register.RAX, syscallNumber);
        cpu.set(Register.RIP, cpu.get(Register.RIP) - SYSCALL_BYTES);
    }

    /// Which of the restart errors the call ended with; EINTR stands for none of them.
    private static Errno restartKind(CpuState cpu) {
        long result = -cpu.get(Register.RAX);
        if (result == Errno.ERESTARTSYS.number()) {
            return Errno.ERESTARTSYS;
        } else if (result == Errno.ERESTARTNOHAND.number()) {
            return Errno.ERESTARTNOHAND;
        } else if (result == Errno.ERESTARTNOINTR.number()) {
            return Errno.ERESTARTNOINTR;
        } else if (result == Errno.ERESTART_RESTARTBLOCK.number()) {
            return Errno.ERESTART_RESTARTBLOCK;
        }
        return Errno.EINTR;
    }
}
