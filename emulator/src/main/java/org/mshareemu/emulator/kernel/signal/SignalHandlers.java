package org.mshareemu.emulator.kernel.signal;

import org.mshareemu.emulator.kernel.abi.Signals;

import java.util.Arrays;

/// The actions of all signals; shared by the tasks that were cloned with CLONE_SIGHAND.
///
/// Linux: struct sighand_struct
public final class SignalHandlers {
    private final SignalAction[] actions = new SignalAction[Signals.NSIG];
    private int users = 1;

    /// All default.
    public SignalHandlers() {
        Arrays.fill(actions, SignalAction.DEFAULT);
    }

    /// A copy for a task of its own.
    public SignalHandlers copy() {
        SignalHandlers copy = new SignalHandlers();
        System.arraycopy(actions, 0, copy.actions, 0, Signals.NSIG);
        return copy;
    }

    /// One more task uses this object.
    public SignalHandlers share() {
        users++;
        return this;
    }

    /// One task less uses this object.
    public void release() {
        users--;
    }

    /// Whether more than one task uses it.
    public boolean isShared() {
        return users > 1;
    }

    public SignalAction get(int signo) {
        return actions[signo - 1];
    }

    public void set(int signo, SignalAction action) {
        actions[signo - 1] = action;
    }

    /// Whether a signal that arrives has no effect at all. Linux: sig_handler_ignored()
    public boolean isIgnored(int signo) {
        SignalAction action = get(signo);
        return action.isIgnored()
                || (action.isDefault() && (Signals.bit(signo) & Signals.IGNORE_MASK) != 0);
    }

    /// Caught signals go back to the default, ignored ones stay so; as execve(2) does. Linux:
    /// flush_signal_handlers(t, 0)
    public void resetCaught() {
        for (int signo = 1; signo <= Signals.NSIG; signo++) {
            boolean ignored = get(signo).isIgnored();
            set(signo, ignored ? new SignalAction(Signals.SIG_IGN, 0, 0, 0) : SignalAction.DEFAULT);
        }
    }

    /// All default, for CLONE_CLEAR_SIGHAND: caught ones only.
    public void clearCaught() {
        resetCaught();
    }

    /// Signals whose disposition is ignore, as /proc/PID/status shows it (SigIgn).
    public long ignoredSet() {
        long set = 0;
        for (int signo = 1; signo <= Signals.NSIG; signo++) {
            set |= get(signo).isIgnored() ? Signals.bit(signo) : 0;
        }
        return set;
    }

    /// Signals with a handler, as /proc/PID/status shows it (SigCgt).
    public long caughtSet() {
        long set = 0;
        for (int signo = 1; signo <= Signals.NSIG; signo++) {
            set |= get(signo).isHandled() ? Signals.bit(signo) : 0;
        }
        return set;
    }
}
