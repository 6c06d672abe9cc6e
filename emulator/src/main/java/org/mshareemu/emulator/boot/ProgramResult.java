package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.task.TaskCounters;

import java.nio.charset.StandardCharsets;

/// How a program ended. Immutable.
public final class ProgramResult {
    /// Exit status of a run that took too long, as timeout(1) has it.
    public static final int TIMEOUT_STATUS = 124;

    /// Ways to end.
    public enum Ending {
        /// By exit.
        EXITED,
        /// By a signal.
        SIGNALED,
        /// Not at all within the time allowed.
        TIMEOUT,
        /// Not at all: everybody slept and nothing was left that could wake anybody.
        DEADLOCK
    }

    private final Ending ending;
    private final int waitStatus;
    private final byte[] output;
    private final byte[] error;
    private final TaskCounters usage;
    private final String report;

    ProgramResult(
            Ending ending,
            int waitStatus,
            byte[] output,
            byte[] error,
            TaskCounters usage,
            String report) {
        this.ending = ending;
        this.waitStatus = waitStatus;
        this.output = output;
        this.error = error;
        this.usage = usage;
        this.report = report;
    }

    /// In which way it ended.
    public Ending ending() {
        return ending;
    }

    /// The status word of wait4(2); 0 unless it ended by itself or by a signal.
    public int waitStatus() {
        return waitStatus;
    }

    /// What it wrote to descriptor 1, if that was captured.
    public byte[] output() {
        return output.clone();
    }

    /// What it wrote to descriptor 2, if that was captured.
    public byte[] error() {
        return error.clone();
    }

    /// What it and the children it waited for used.
    public TaskCounters usage() {
        return usage;
    }

    /// Where every task was, for a time-out or a deadlock; else empty.
    public String report() {
        return report;
    }

    /// The status a shell would show: the exit status, 128 + n for a signal, 124 if it did not end.
    public int status() {
        return switch (ending) {
            case EXITED -> waitStatus >> 8 & 0xff;
            case SIGNALED -> 128 + signal();
            case TIMEOUT, DEADLOCK -> TIMEOUT_STATUS;
        };
    }

    /// The signal that ended it, 0 for none.
    public int signal() {
        return waitStatus & 0x7f;
    }

    /// Captured output as text.
    public String outputText() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /// Captured error output as text.
    public String errorText() {
        return new String(error, StandardCharsets.UTF_8);
    }
}
