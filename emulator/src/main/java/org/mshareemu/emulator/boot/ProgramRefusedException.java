package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.abi.Errno;

/// A program that could not be started.
public final class ProgramRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /// Status of a program that is there but cannot be run.
    public static final int CANNOT_RUN_STATUS = 126;

    /// Status of a program that is not there.
    public static final int NOT_FOUND_STATUS = 127;

    private final Errno errno;
    private final int status;

    ProgramRefusedException(String program, String reason, Errno errno) {
        this(
                program + ": " + reason,
                errno,
                errno == Errno.ENOENT ? NOT_FOUND_STATUS : CANNOT_RUN_STATUS);
    }

    private ProgramRefusedException(String message, Errno errno, int status) {
        super(message);
        this.errno = errno;
        this.status = status;
    }

    /// The program may be there, but it cannot be started where it was asked to.
    static ProgramRefusedException ofDirectory(String directory, Errno errno) {
        return new ProgramRefusedException(
                directory + ": cannot be the working directory (" + errno + ")",
                errno,
                CANNOT_RUN_STATUS);
    }

    /// What execve(2) would have failed with.
    public Errno errno() {
        return errno;
    }

    /// 127 if it does not exist, 126 otherwise, as shells have it.
    public int status() {
        return status;
    }
}
