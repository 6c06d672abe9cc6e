package org.mshareemu.emulator.observe;

import org.mshareemu.emulator.kernel.abi.SyscallNumber;
import org.mshareemu.emulator.kernel.mm.FaultResult;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.signal.SignalAction;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Counts what happened, for `--stats`: system calls by name, page faults by what was done,
/// signals, tasks.
public final class Statistics implements KernelListener {
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> failedCalls = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Long> tableBytes = new LinkedHashMap<>();
    private long signals;
    private long tasks;
    private long switches;

    @Override
    public void syscallReturned(Task task, long number, long result) {
        String name = SyscallNumber.name(number);
        calls.merge(name, 1L, Long::sum);
        if (ErrorText.isError(result)) {
            failedCalls.merge(name, 1L, Long::sum);
        }
    }

    @Override
    public void pageFault(Task task, long vaddr, int errorCode, long rip, FaultResult result) {
        faults.merge(result.action(), 1L, Long::sum);
    }

    @Override
    public void signalDelivered(Task task, SigInfo info, SignalAction action) {
        signals++;
    }

    @Override
    public void taskStarted(Task task) {
        tasks++;
    }

    @Override
    public void taskCloned(Task parent, Task child, long cloneFlags) {
        tasks++;
    }

    @Override
    public void taskSwitched(Task task, int cpuNumber) {
        switches++;
    }

    /// Counts the tables of a process that is about to give them up.
    @Override
    public void taskExiting(Task task, int status) {
        Mm mm = task.mmOrNull();
        if (mm == null || task.group().liveTasks() > 1) {
            return;
        }
        TableCensus.Root tables =
                new TableCensus(mm.context().memory(), mm.context().frames())
                        .add(task.comm(), mm.root());
        String name = "process " + task.tgid() + " " + GuestText.of(task.comm());
        tableBytes.put(name, tables.ownTables() * PhysicalMemory.PAGE_SIZE);
        if (tables.sharedTables() > 0) {
            tableBytes.put(
                    name + ", shared with others",
                    tables.sharedTables() * PhysicalMemory.PAGE_SIZE);
        }
    }

    /// Writes the tables.
    public void print(PrintStream out) {
        row(out, "tasks", tasks);
        row(out, "task switches", switches);
        row(out, "signals", signals);
        table(out, "system calls", calls);
        table(out, "failed system calls", failedCalls);
        table(out, "page faults", faults);
        out.print("page-table bytes at exit:\n");
        tableBytes.forEach((name, bytes) -> row(out, "  " + name, bytes));
    }

    /// One number.
    public static void row(PrintStream out, String name, long count) {
        String digits = Long.toString(count);
        out.print(" ".repeat(Math.max(0, 14 - digits.length())) + digits + "  " + name + "\n");
    }

    private static void table(PrintStream out, String heading, Map<String, Long> rows) {
        long sum = 0;
        for (long count : rows.values()) {
            sum += count;
        }
        row(out, heading, sum);
        rows.forEach((name, count) -> row(out, "  " + name, count));
    }
}
