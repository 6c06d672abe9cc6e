package org.mshareemu.tests.guest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program on this machine's own kernel.
final class NativeRun {
    private static final long LIMIT_SECONDS = 60;

    private NativeRun() {}

    /// Runs it to its end, or fails after a minute.
    ///
    /// @param command program and arguments
    /// @param environment the whole environment
    /// @param stdin file that is its standard input, or null for an empty one
    /// @param scratch an empty folder for this run
    static Outcome run(
            List<String> command, List<String> environment, @Nullable Path stdin, Path scratch)
            throws IOException, InterruptedException {
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        Path folder = Files.createDirectory(scratch.resolve("cwd"));
        // env(1) keeps the order of the entries, which the program may print.
        List<String> wrapped = new ArrayList<>(List.of("env", "-i"));
        wrapped.addAll(environment);
        wrapped.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(wrapped).directory(folder.toFile());
        Path input = stdin == null ? Path.of("/dev/null") : stdin;
        builder.redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "native run of " + command + " did not end in " + LIMIT_SECONDS + " s");
        }
        return Outcome.of(process.exitValue(), Files.readAllBytes(out), Files.readAllBytes(err));
    }
}
