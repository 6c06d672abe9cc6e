package org.mshareemu.emulator.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// The guest programs that come with the emulator; `./emu` builds them before it runs a command
/// that needs them.
final class GuestProgramFiles {
    private GuestProgramFiles() {}

    /// @throws CommandFailure if it is not built
    static Path find(String name) throws CommandFailure {
        String home = System.getProperty("mshareemu.home", ".");
        Path program = Path.of(home, "guest-programs", "target", "bin", name);
        if (!Files.isExecutable(program)) {
            throw CommandFailure.missing(
                    program + " is not built; run: make -C " + Path.of(home, "guest-programs"));
        }
        return program.toAbsolutePath().normalize();
    }
}
