package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.vfs.devfs.BufferEndpoint;

/// A program that was started in a machine.
public final class RunningProgram {
    private static final byte[] NOTHING = {};

    private final TaskGroup group;
    private final @Nullable BufferEndpoint output;
    private final @Nullable BufferEndpoint error;

    RunningProgram(
            TaskGroup group, @Nullable BufferEndpoint output, @Nullable BufferEndpoint error) {
        this.group = group;
        this.output = output;
        this.error = error;
    }

    /// Number of its process in the guest.
    public int pid() {
        return group.tgid();
    }

    /// Whether all its threads have ended.
    public boolean hasEnded() {
        return group.hasEnded();
    }

    TaskGroup group() {
        return group;
    }

    ProgramResult result(String report) {
        int status = group.exitStatus();
        ProgramResult.Ending ending =
                (status & 0x7f) != 0 ? ProgramResult.Ending.SIGNALED : ProgramResult.Ending.EXITED;
        return result(ending, status, report);
    }

    ProgramResult unfinished(ProgramResult.Ending ending, String report) {
        return result(ending, 0, report);
    }

    private ProgramResult result(ProgramResult.Ending ending, int status, String report) {
        return new ProgramResult(
                ending,
                status,
                output == null ? NOTHING : output.written(),
                error == null ? NOTHING : error.written(),
                group.totalCounters(),
                report);
    }
}
