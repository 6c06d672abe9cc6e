package org.mshareemu.emulator.kernel.signal;

import org.mshareemu.emulator.kernel.abi.Signals;

/// What a process wants done with a signal; see sigaction(2). Linux: struct k_sigaction
///
/// @param handler SIG_DFL, SIG_IGN or the address of a function
/// @param flags SA_*
/// @param restorer where the handler returns to
/// @param mask signals blocked while the handler runs
public record SignalAction(long handler, long flags, long restorer, long mask) {
    public static final SignalAction DEFAULT = new SignalAction(Signals.SIG_DFL, 0, 0, 0);

    /// Whether the default applies.
    public boolean isDefault() {
        return handler == Signals.SIG_DFL;
    }

    /// Whether the process ignores it in so many words.
    public boolean isIgnored() {
        return handler == Signals.SIG_IGN;
    }

    /// Whether a function of the program is called.
    public boolean isHandled() {
        return Long.compareUnsigned(handler, Signals.SIG_IGN) > 0;
    }

    /// Whether a flag is set.
    public boolean has(long flag) {
        return (flags & flag) != 0;
    }
}
