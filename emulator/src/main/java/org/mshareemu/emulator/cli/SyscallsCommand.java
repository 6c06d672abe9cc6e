package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.syscall.Support;
import org.mshareemu.emulator.kernel.syscall.SyscallTable;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// `./emu syscalls`: the table that the kernel itself works by.
final class SyscallsCommand {
    private static final int NAME_WIDTH = 24;
    private static final long MEMORY_BYTES = 16 << 20;

    private SyscallsCommand() {}

    static int run(Console console, List<String> arguments) throws CommandFailure {
        if (!arguments.isEmpty()) {
            throw CommandFailure.usage("syscalls takes no argument " + arguments.getFirst());
        }
        try (Machine machine = Machine.builder().memory(MEMORY_BYTES).build()) {
            print(console.out(), machine.syscalls());
        }
        return ExitStatus.OK;
    }

    private static void print(PrintStream out, SyscallTable table) {
        Map<Support, Integer> counts = new EnumMap<>(Support.class);
        for (int number = 0; number < SyscallNumber.COUNT; number++) {
            SyscallTable.Row row = table.describe(number);
            if (row.name().startsWith("syscall_")) {
                continue;
            }
            counts.merge(row.support(), 1, Integer::sum);
            String digits = Integer.toString(number);
            String line =
                    " ".repeat(Math.max(0, 3 - digits.length()))
                            + digits
                            + "  "
                            + row.name()
                            + " ".repeat(Math.max(1, NAME_WIDTH - row.name().length()))
                            + row.support().label();
            out.print(row.note().isEmpty() ? line + "\n" : line + ": " + row.note() + "\n");
        }
        StringBuilder sum = new StringBuilder();
        for (Support support : Support.values()) {
            sum.append(sum.isEmpty() ? "" : ", ")
                    .append(counts.getOrDefault(support, 0))
                    .append(' ')
                    .append(support.label());
        }
        out.print(sum.append('\n'));
    }
}
