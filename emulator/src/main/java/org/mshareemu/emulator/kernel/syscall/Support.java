package org.mshareemu.emulator.kernel.syscall;

/// How much of a system call there is.
public enum Support {
    /// Behaves as on Linux.
    FULL("supported"),
    /// Behaves as on Linux except for what the row's note says.
    PARTLY("partly"),
    /// Fails with ENOSYS.
    ENOSYS("ENOSYS");

    private final String label;

    Support(String label) {
        this.label = label;
    }

    /// As `emu syscalls` prints it.
    public String label() {
        return label;
    }
}
