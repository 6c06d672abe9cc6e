package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;

import java.util.Locale;

/// Says in text where tasks are, for time-outs, deadlocks and our own bugs.
final class TaskReport {
    private TaskReport() {}

    /// One line for each task.
    static String ofAll(Kernel kernel) {
        StringBuilder out = new StringBuilder();
        for (Task task : kernel.tasks().tasks()) {
            out.append(line(task)).append('\n');
        }
        return out.toString();
    }

    private static String line(Task task) {
        String where =
                task.state().isOver()
                        ? "ended, not waited for"
                        : "at rip 0x%x".formatted(task.cpu().get(Register.RIP));
        long number = task.blockedCall();
        String call = number < 0 ? "" : ", in " + SyscallNumber.name(number);
        return "%d/%d %s (%s): %s%s"
                .formatted(
                        task.tgid(), task.tid(), task.comm(), task.state().letter(), where, call);
    }

    /// Our own failure with everything that helps to find it.
    static KernelBug bug(Kernel kernel, Throwable failure) {
        StringBuilder out = new StringBuilder();
        String message = failure.getMessage();
        out.append(message == null ? failure.toString() : message).append('\n');
        Task current = kernel.currentOrNull();
        if (current != null) {
            out.append("running: ").append(line(current)).append('\n');
            appendRegisters(current, out);
            appendAreas(current, out);
        }
        out.append(ofAll(kernel));
        return new KernelBug(out.toString(), failure);
    }

    private static void appendRegisters(Task task, StringBuilder out) {
        for (Register register : Register.values()) {
            out.append(register.name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(Long.toHexString(task.cpu().get(register)))
                    .append(' ');
        }
        out.append('\n');
    }

    private static void appendAreas(Task task, StringBuilder out) {
        Mm mm = task.mmOrNull();
        if (mm == null) {
            return;
        }
        for (VmArea area = mm.findAreaFrom(0); area != null; area = mm.findAreaFrom(area.end())) {
            out.append(area).append('\n');
        }
    }
}
