package org.mshareemu.emulator.kernel.elf;

import org.mshareemu.emulator.kernel.abi.Errno;

/// A file that will not be executed: the error number for the guest and the reason for people.
public final class ExecRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /// @param errno what execve(2) returns
    /// @param reason one line, without the file's name
    public ExecRefusedException(Errno errno, String reason) {
        super(reason, null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    /// One line, without the file's name.
    public String reason() {
        String reason = getMessage();
        return reason == null ? errno.name() : reason;
    }
}
