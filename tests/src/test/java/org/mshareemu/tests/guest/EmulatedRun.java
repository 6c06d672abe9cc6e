package org.mshareemu.tests.guest;

import org.mshareemu.emulator.boot.Bind;
import org.mshareemu.emulator.boot.Machine;
import org.mshareemu.emulator.boot.ProgramRefusedException;
import org.mshareemu.emulator.boot.ProgramRequest;
import org.mshareemu.emulator.boot.ProgramResult;
import org.mshareemu.mmu.phys.Checking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs a program in a machine of its own, which is looked through for leaks when it closes.
final class EmulatedRun {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SCRATCH = "/tmp";

    private EmulatedRun() {}

    /// A run of the manifest: the built programs are visible at their host paths, the working
    /// directory is empty.
    static Outcome of(ManifestLine line) throws IOException {
        String program = GuestPrograms.program(line.program()).toString();
        Machine.Builder builder = Machine.builder().bind(Bind.readOnly(Path.of(program)));
        List<String> argv = new ArrayList<>();
        argv.add(program);
        for (String argument : line.arguments()) {
            if (argument.startsWith("@")) {
                builder.bind(Bind.readOnly(GuestPrograms.program(argument.substring(1))));
            }
            argv.add(argument.replace("@", GuestPrograms.BIN + "/"));
        }
        String stdin = line.stdin();
        byte[] input =
                stdin == null ? new byte[0] : Files.readAllBytes(GuestPrograms.HOME.resolve(stdin));
        options(builder, line.options());
        ProgramRequest request =
                ProgramRequest.inGuest(program)
                        .withArgv(argv)
                        .withEnvironment(line.environment())
                        .withDirectory(SCRATCH)
                        .withInput(input)
                        .capturing();
        return run(builder, request);
    }

    /// A host program with the default environment.
    static Outcome of(Machine.Builder builder, Path program, String... arguments) {
        return run(
                builder,
                ProgramRequest.onHost(program, arguments).withInput(new byte[0]).capturing());
    }

    private static Outcome run(Machine.Builder builder, ProgramRequest request) {
        try (Machine machine = builder.checking(Checking.ON).timeout(LIMIT).build()) {
            ProgramResult result = machine.run(request);
            if (!result.report().isEmpty()) {
                throw new AssertionError(
                        result.ending()
                                + "\n"
                                + result.report()
                                + result.outputText()
                                + result.errorText());
            }
            return Outcome.of(result.status(), result.output(), result.error());
        } catch (ProgramRefusedException refused) {
            throw new AssertionError(refused);
        }
    }

    private static void options(Machine.Builder builder, List<String> options) {
        for (int i = 0; i + 1 < options.size(); i += 2) {
            String value = options.get(i + 1);
            switch (options.get(i)) {
                case "--cpus" -> builder.cpus(Integer.parseInt(value));
                case "--seed" -> builder.seed(Long.parseLong(value));
                case "--memory" ->
                        builder.memory(
                                Long.parseLong(value.substring(0, value.length() - 1)) << 20);
                default -> throw new IllegalArgumentException("manifest option " + options.get(i));
            }
        }
    }
}
