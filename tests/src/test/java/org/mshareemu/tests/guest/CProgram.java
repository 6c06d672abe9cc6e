package org.mshareemu.tests.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Small C programs that tests carry with them.
final class CProgram {
    private CProgram() {}

    /// Compiles to a static program in `folder`.
    ///
    /// @param flags further options of gcc
    static Path compile(Path folder, String name, String source, String... flags) {
        try {
            Path file = Files.writeString(folder.resolve(name + ".c"), source);
            Path program = folder.resolve(name);
            List<String> command =
                    new ArrayList<>(
                            List.of("gcc", "-static", "-g", "-O1", "-o", program.toString()));
            command.addAll(List.of(flags));
            command.add(file.toString());
            Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
            String words = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (gcc.waitFor() != 0) {
                throw new AssertionError(words);
            }
            return program;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
