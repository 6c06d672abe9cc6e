package org.mshareemu.emulator.cli;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a log goes: standard error, or a file.
///
/// @param file the file's name, or null for standard error
record LogTarget(@Nullable String file) {
    /// What an option with an optional file name says; null if it was not given.
    static @Nullable LogTarget of(ParsedArguments parsed, String option) {
        return parsed.has(option) ? new LogTarget(parsed.value(option)) : null;
    }

    /// Opens it; closing the result leaves standard error open.
    ///
    /// @throws CommandFailure if the file cannot be written
    PrintStream open(PrintStream standardError) throws CommandFailure {
        if (file == null) {
            return standardError;
        }
        try {
            return new PrintStream(
                    new BufferedOutputStream(Files.newOutputStream(Path.of(file)), 1 << 16),
                    false,
                    StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw CommandFailure.of(
                    ExitStatus.USAGE, "cannot write " + file + ": " + HostFailure.reason(failure));
        }
    }
}
