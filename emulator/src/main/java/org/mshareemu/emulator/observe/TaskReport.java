package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.task.Task;

/// Where a task is, in a line, for a machine that did not come to an end by itself.
public final class TaskReport {
    private TaskReport() {}

    /// `task 3 (worker) sleeping in futex at 0x401136 wait+0x4`
    public static String describe(Task task, Symbolizer symbolizer) {
        StringBuilder line =
                new StringBuilder("task ")
                        .append(task.tid())
                        .append(" (")
                        .append(GuestText.of(task.comm()))
                        .append(") ");
        line.append(
                switch (task.state()) {
                    case RUNNABLE -> "running";
                    case SLEEPING -> "sleeping";
                    case UNINTERRUPTIBLE -> "in an uninterruptible sleep";
                    case STOPPED -> "stopped";
                    case ZOMBIE -> "ended, not waited for";
                    case DEAD -> "gone";
                });
        if (!task.state().isOver()) {
            if (task.blockedCall() >= 0) {
                line.append(" in ").append(SyscallNumber.name(task.blockedCall()));
            }
            line.append(" at ")
                    .append(symbolizer.describe(task.mmOrNull(), task.cpu().get(Register.RIP)));
        }
        return line.toString();
    }
}
