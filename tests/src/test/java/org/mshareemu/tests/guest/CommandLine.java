package org.mshareemu.tests.guest;

import org.mshareemu.emulator.cli.Console;
import org.mshareemu.emulator.cli.Main;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Runs `./emu` commands in this JVM.
final class CommandLine {
    private CommandLine() {}

    /// Runs a command with an empty standard input.
    static Outcome emu(String... arguments) {
        return emuWithInput("", arguments);
    }

    /// Runs a command that reads `input`.
    static Outcome emuWithInput(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                Console.of(
                        input.getBytes(StandardCharsets.ISO_8859_1),
                        new PrintStream(out, false, StandardCharsets.ISO_8859_1),
                        new PrintStream(err, false, StandardCharsets.ISO_8859_1));
        int status = Main.run(console, arguments);
        return Outcome.of(status, out.toByteArray(), err.toByteArray());
    }
}
