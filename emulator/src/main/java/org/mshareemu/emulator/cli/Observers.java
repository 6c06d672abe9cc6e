package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.capstone.DecodedInstruction;
import org.mshareemu.emulator.capstone.Disassembler;
import org.mshareemu.emulator.cpu.VcpuStatistics;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.observe.FaultLog;
import org.mshareemu.emulator.observe.InstructionTrace;
import org.mshareemu.emulator.observe.LastCalls;
import org.mshareemu.emulator.observe.PageTableDump;
import org.mshareemu.emulator.observe.Statistics;
import org.mshareemu.emulator.observe.StraceLog;
import org.mshareemu.emulator.observe.Symbolizer;
import org.mshareemu.emulator.observe.TaskReport;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Who looks on during a run, as the options wish, and where it is written.
final class Observers implements AutoCloseable {
    private final RunOptions options;
    private final PrintStream err;
    private final List<PrintStream> files = new ArrayList<>();
    private final LastCalls lastCalls;
    private final GuestFiles guestFiles;
    private @Nullable Symbolizer symbolizer;
    private @Nullable PageTableDump tables;
    private @Nullable Statistics statistics;
    private @Nullable Disassembler disassembler;

    /// @param programBinds what is shown for the program's sake
    Observers(RunOptions options, List<BindOption> programBinds, PrintStream err) {
        this.options = options;
        this.err = err;
        this.lastCalls = new LastCalls(err);
        List<BindOption> binds = new ArrayList<>(programBinds);
        binds.addAll(options.binds());
        this.guestFiles = new GuestFiles(binds, options.root());
    }

    /// Opens the logs and has them look on.
    ///
    /// @throws CommandFailure if a log cannot be written
    void attach(Machine.Builder machine) throws CommandFailure {
        machine.listener(lastCalls);
        if (options.strace() != null) {
            machine.listener(new StraceLog(open(options.strace())));
        }
        if (options.faults() != null) {
            machine.listener(new FaultLog(open(options.faults()), symbolizer()));
        }
        if (options.trace() != null) {
            attachTrace(machine, open(options.trace()));
        }
        if (options.ptdump() != null) {
            PageTableDump dump = new PageTableDump(open(options.ptdump()));
            tables = dump;
            machine.listener(dump);
        }
        if (options.statistics()) {
            Statistics counts = new Statistics();
            statistics = counts;
            machine.listener(counts);
        }
    }

    private void attachTrace(Machine.Builder machine, PrintStream out) {
        Disassembler words = Disassembler.open(Disassembler.Syntax.INTEL);
        disassembler = words;
        InstructionTrace trace =
                new InstructionTrace(
                        out,
                        symbolizer(),
                        (bytes, lengthBytes, rip) -> {
                            DecodedInstruction decoded = words.decode(bytes, 0, lengthBytes, rip);
                            return decoded == null ? null : decoded.text();
                        },
                        options.cpus());
        machine.listener(trace).instructionListener(trace);
    }

    private PrintStream open(LogTarget target) throws CommandFailure {
        PrintStream stream = target.open(err);
        if (target.file() != null) {
            files.add(stream);
        }
        return stream;
    }

    private Symbolizer symbolizer() {
        Symbolizer known = symbolizer;
        if (known == null) {
            known = new Symbolizer(guestFiles);
            symbolizer = known;
        }
        return known;
    }

    /// Says where every task is, and draws the tables of those that are left.
    void reportUnfinished(Kernel kernel) {
        for (Task task : kernel.tasks().tasks()) {
            err.print("emu: " + TaskReport.describe(task, symbolizer()) + "\n");
        }
        PageTableDump dump = tables;
        if (dump != null) {
            for (Task task : kernel.tasks().tasks()) {
                Mm mm = task.mmOrNull();
                if (mm != null && task.isLeader()) {
                    dump.draw(task, mm);
                }
            }
        }
    }

    /// Writes the numbers, if wanted.
    void printStatistics(Machine machine) {
        Statistics counts = statistics;
        if (counts == null) {
            return;
        }
        counts.print(err);
        for (VcpuStatistics cpu : machine.cpuStatistics()) {
            Statistics.row(err, "blocks executed", cpu.blocks());
            Statistics.row(err, "TLB fills", cpu.fills());
            Statistics.row(err, "TLB flushes", cpu.flushes());
            Statistics.row(err, "code drops", cpu.codeDrops());
        }
        Statistics.row(
                err, "frames at most", machine.kernel().mmContext().allocator().peakFrames());
    }

    /// What is known of the moments before a fault of the emulator.
    void printLastCalls() {
        lastCalls.print(err);
    }

    @Override
    public void close() {
        files.forEach(PrintStream::close);
        if (disassembler != null) {
            disassembler.close();
        }
    }
}
