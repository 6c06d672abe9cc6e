package org.mshareemu.tests.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Where the guest programs are.
final class GuestPrograms {
    /// The module's folder.
    static final Path HOME =
            Path.of(
                            Objects.requireNonNull(
                                    System.getProperty("mshareemu.home"),
                                    "system property mshareemu.home: the repository's root"))
                    .resolve("guest-programs");

    /// Where make puts them.
    static final Path BIN = HOME.resolve("target").resolve("bin");

    private GuestPrograms() {}

    static Path program(String name) {
        Path program = BIN.resolve(name);
        if (!Files.isExecutable(program)) {
            throw new AssertionError(program + " is not built");
        }
        return program;
    }

    static List<ManifestLine> manifest() {
        try {
            return ManifestLine.parseAll(Files.readAllLines(HOME.resolve("manifest.txt")));
        } catch (IOException e) {
            throw new AssertionError("no manifest", e);
        }
    }
}
