package org.mshareemu.emulator.cli;

import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.boot.ProgramRefusedException;
import org.mshareemu.emulator.boot.ProgramRequest;
import org.mshareemu.emulator.boot.ProgramResult;
import org.mshareemu.emulator.kernel.KernelBug;

import java.util.List;

/// `./emu run [OPTIONS] PROGRAM [ARG…]`
final class RunCommand {
    private final Console console;
    private final RunOptions options;

    private RunCommand(Console console, RunOptions options) {
        this.console = console;
        this.options = options;
    }

    static int run(Console console, List<String> arguments) throws CommandFailure {
        return new RunCommand(console, RunOptions.parse(arguments)).run();
    }

    private int run() throws CommandFailure {
        String name = options.command().getFirst();
        ProgramChoice program = ProgramChoice.of(name, options, console.err());
        try (Observers observers = new Observers(options, program.binds(), console.err())) {
            Machine.Builder builder = MachineSetup.builder(options, program.binds());
            observers.attach(builder);
            if (console.input() == null) {
                builder.hostStreams();
            }
            try (Machine machine = builder.build()) {
                return finish(machine, machine.run(request(program)), observers);
            } catch (KernelBug bug) {
                observers.printLastCalls();
                throw bug;
            }
        } catch (ProgramRefusedException refused) {
            throw CommandFailure.of(refused.status(), String.valueOf(refused.getMessage()));
        }
    }

    private ProgramRequest request(ProgramChoice program) {
        ProgramRequest request =
                ProgramRequest.inGuest(program.guestPath())
                        .withArgv(options.command())
                        .withEnvironment(options.environment());
        String cwd = options.cwd();
        if (cwd != null) {
            request = request.withDirectory(cwd);
        }
        byte[] input = console.input();
        return input == null ? request : request.withInput(input).capturing();
    }

    private int finish(Machine machine, ProgramResult result, Observers observers) {
        if (console.input() != null) {
            console.out().writeBytes(result.output());
            console.err().writeBytes(result.error());
        }
        switch (result.ending()) {
            case EXITED, SIGNALED -> {}
            case TIMEOUT -> {
                console.err()
                        .print(
                                "emu: time limit of "
                                        + seconds(options.timeoutNanos())
                                        + " s reached\n");
                observers.reportUnfinished(machine.kernel());
            }
            case DEADLOCK -> {
                console.err().print("emu: every task sleeps and nothing can wake one\n");
                observers.reportUnfinished(machine.kernel());
            }
        }
        observers.printStatistics(machine);
        return result.status();
    }

    private static String seconds(long nanos) {
        String text = Double.toString(nanos / 1e9);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
