package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.boot.ProgramRefusedException;
import org.mshareemu.emulator.boot.ProgramRequest;
import org.mshareemu.emulator.boot.ProgramResult;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `./emu bench`: small programs, each run natively and emulated, in turns.
final class BenchCommand {
    private static final int DEFAULT_RUNS = 5;
    private static final int QUICK_DIVISOR = 10;

    static final List<OptionRule> RULES =
            List.of(
                    OptionRule.required(
                            "--runs", "N", "runs of each, of which the median is shown (5)"),
                    OptionRule.flag("--quick", "a tenth of the work, and one run of each"));

    /// A program of guest-programs/src/bench, which does so many operations as its argument says.
    private record Case(String name, String program, long operations) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("getppid", "bench_getppid", 500_000),
                    new Case("page touch", "bench_page_touch", 50_000),
                    new Case("fork+exit+wait", "bench_fork_wait", 1_000),
                    new Case("pipe ping-pong", "bench_pipe_ping_pong", 20_000),
                    new Case("sieve", "bench_sieve", 20),
                    new Case("fib", "bench_fib", 10));

    private final Console console;
    private final long divisor;
    private final int runs;

    private BenchCommand(Console console, int runs, long divisor) {
        this.console = console;
        this.runs = runs;
        this.divisor = divisor;
    }

    static int run(Console console, List<String> arguments) throws CommandFailure {
        ParsedArguments parsed = ParsedArguments.parse(arguments, RULES);
        boolean isQuick = parsed.has("--quick");
        int runs = (int) parsed.number("--runs", 1, 1000, isQuick ? 1 : DEFAULT_RUNS);
        if (!parsed.rest().isEmpty()) {
            throw CommandFailure.usage("bench takes no argument " + parsed.rest().getFirst());
        }
        return new BenchCommand(console, runs, isQuick ? QUICK_DIVISOR : 1).measureAll();
    }

    private int measureAll() throws CommandFailure {
        BenchTable table = new BenchTable();
        for (Case each : CASES) {
            Path program = GuestProgramFiles.find(each.program());
            long operations = Math.max(1, each.operations() / divisor);
            long[] natives = new long[runs];
            long[] emulated = new long[runs];
            for (int i = 0; i < runs; i++) {
                natives[i] = runNatively(program, operations);
                emulated[i] = runEmulated(program, operations);
            }
            table.add(
                    each.name(),
                    operations,
                    BenchTable.median(natives),
                    BenchTable.median(emulated));
        }
        table.print(console.out());
        return ExitStatus.OK;
    }

    private static long runNatively(Path program, long operations) throws CommandFailure {
        long start = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(program.toString(), Long.toString(operations))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            int status = process.waitFor();
            if (status != 0) {
                throw CommandFailure.of(
                        ExitStatus.USAGE, program + " ended natively with status " + status);
            }
        } catch (IOException failure) {
            throw CommandFailure.of(ExitStatus.USAGE, program + ": " + HostFailure.reason(failure));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of(ExitStatus.USAGE, "interrupted");
        }
        return System.nanoTime() - start;
    }

    /// The machine is booted before the clock starts: a JVM's start is not what is compared.
    private static long runEmulated(Path program, long operations) throws CommandFailure {
        try (Machine machine = Machine.builder().build()) {
            ProgramRequest request =
                    ProgramRequest.onHost(program, Long.toString(operations)).capturing();
            long start = System.nanoTime();
            ProgramResult result = machine.run(request);
            long nanos = System.nanoTime() - start;
            if (result.status() != 0) {
                throw CommandFailure.of(
                        ExitStatus.USAGE,
                        program + " ended emulated with status " + result.status());
            }
            return nanos;
        } catch (ProgramRefusedException refused) {
            throw CommandFailure.of(refused.status(), String.valueOf(refused.getMessage()));
        }
    }
}
