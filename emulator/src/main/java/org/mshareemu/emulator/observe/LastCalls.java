package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;

import java.io.PrintStream;

/// Remembers the last system calls of a machine, for the report of a fault of the emulator; and
/// passes on what the kernel has to say. Costs next to nothing, so it always looks on.
public final class LastCalls implements KernelListener {
    private static final int REMEMBERED = 16;

    private final PrintStream out;
    private final int[] tids = new int[REMEMBERED];
    private final long[] numbers = new long[REMEMBERED];
    private final long[] results = new long[REMEMBERED];
    private int count;

    /// Lines the kernel logs go to `out`.
    public LastCalls(PrintStream out) {
        this.out = out;
    }

    @Override
    public void syscallReturned(Task task, long number, long result) {
        int slot = count++ % REMEMBERED;
        tids[slot] = task.tid();
        numbers[slot] = number;
        results[slot] = result;
    }

    @Override
    public void logged(String line) {
        out.print("emu: " + line + "\n");
    }

    /// Writes what is remembered, oldest first.
    public void print(PrintStream to) {
        for (int i = Math.max(0, count - REMEMBERED); i < count; i++) {
            int slot = i % REMEMBERED;
            to.print(
                    "emu:   task "
                            + tids[slot]
                            + " "
                            + SyscallNumber.name(numbers[slot])
                            + " = "
                            + results[slot]
                            + "\n");
        }
    }
}
