package org.mshareemu.emulator.cli;

/// Ends a command with one line on standard error and an exit status. Not an error of the emulator.
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    private CommandFailure(int status, String line) {
        super(line, null, false, false);
        this.status = status;
    }

    /// A command line that cannot be understood.
    static CommandFailure usage(String line) {
        return new CommandFailure(ExitStatus.USAGE, line + " (see ./emu help)");
    }

    /// Something this machine lacks; the line says how to get it.
    static CommandFailure missing(String line) {
        return new CommandFailure(ExitStatus.USAGE, line);
    }

    /// Any other reason; an empty line prints nothing, as someone else has said it.
    static CommandFailure of(int status, String line) {
        return new CommandFailure(status, line);
    }

    int status() {
        return status;
    }

    /// The line, without the program's name in front.
    String line() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
