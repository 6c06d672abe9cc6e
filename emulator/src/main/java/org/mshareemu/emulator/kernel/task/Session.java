package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;

/// Process groups that share a controlling terminal; see setsid(2). Linux: a struct pid with
/// PIDTYPE_SID
public final class Session {
    private final int id;
    private @Nullable Object controllingTerminal;
    private int groups;

    Session(int id) {
        this.id = id;
    }

    /// The number; that of the process that called setsid(2).
    public int id() {
        return id;
    }

    /// The terminal, as the terminal driver left it here. Linux: signal->tty
    public @Nullable Object controllingTerminal() {
        return controllingTerminal;
    }

    public void setControllingTerminal(@Nullable Object terminal) {
        controllingTerminal = terminal;
    }

    void groupAdded() {
        groups++;
    }

    void groupRemoved() {
        groups--;
    }

    boolean isEmpty() {
        return groups == 0;
    }
}
