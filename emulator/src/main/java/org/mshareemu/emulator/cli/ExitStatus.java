package org.mshareemu.emulator.cli;

/// What the command line itself ends with; a guest's own status goes through unchanged, and a guest
/// killed by signal n gives 128+n, as in a shell.
final class ExitStatus {
    static final int OK = 0;

    /// The C compiler refused the program; it has said why.
    static final int COMPILE_ERROR = 1;

    /// A wrong command line, or something missing on this machine.
    static final int USAGE = 2;

    /// The emulator broke an invariant of its own. `sysexits.h`: EX_SOFTWARE
    static final int KERNEL_BUG = 70;

    /// The time limit was reached; as timeout(1).
    static final int TIMEOUT = 124;

    /// The program exists but cannot be run; as a shell.
    static final int CANNOT_RUN = 126;

    /// There is no such program; as a shell.
    static final int NOT_FOUND = 127;

    private ExitStatus() {}
}
