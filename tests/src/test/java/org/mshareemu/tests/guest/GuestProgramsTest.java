package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every line of the manifest: what a program prints and how it ends is the same on this machine's
/// own kernel and in the emulator, and afterwards no frame, table, file or region is left in the
/// emulated machine.
class GuestProgramsTest {
    @TempDir(factory = LikeTheGuests.class)
    Path folder;

    private int runs;

    @TestFactory
    Stream<DynamicTest> manifest() {
        return GuestPrograms.manifest().stream()
                .map(line -> DynamicTest.dynamicTest(line.displayName(), () -> check(line)));
    }

    private void check(ManifestLine line) throws IOException, InterruptedException {
        Path program = GuestPrograms.BIN.resolve(line.program());
        assumeTrue(
                line.needs() == null || Files.exists(program),
                () -> "not built without " + line.needs());
        Outcome expected = expected(line);
        Outcome emulated = EmulatedRun.of(line);
        if (!line.comparesStderr()) {
            emulated = new Outcome(emulated.status(), emulated.stdout(), expected.stderr());
        }
        assertEquals(expected, emulated);
    }

    /// What the program does natively; for one that only the emulator can run, what its golden file
    /// says.
    private Outcome expected(ManifestLine line) throws IOException, InterruptedException {
        String golden = golden(line);
        if (!line.isNative()) {
            return new Outcome(line.status(), String.valueOf(golden), "");
        }
        Path scratch = Files.createDirectory(folder.resolve("run" + runs++));
        List<String> command = new ArrayList<>();
        command.add(GuestPrograms.program(line.program()).toString());
        for (String argument : line.arguments()) {
            command.add(argument.replace("@", GuestPrograms.BIN + "/"));
        }
        Path stdin = line.stdin() == null ? null : GuestPrograms.HOME.resolve(line.stdin());
        Outcome outcome = NativeRun.run(command, line.environment(), stdin, scratch);
        assertEquals(line.status(), outcome.status(), "native status");
        if (golden != null) {
            assertEquals(golden, outcome.stdout(), "native output and golden file");
        }
        return outcome;
    }

    private static @Nullable String golden(ManifestLine line) throws IOException {
        if (line.golden() == null) {
            return null;
        }
        return Files.readString(
                GuestPrograms.HOME.resolve("expected").resolve(line.golden()),
                StandardCharsets.ISO_8859_1);
    }

    /// Native programs run on tmpfs where this machine has one, as the emulated ones do: what lies
    /// behind the end of a file, and how long one may be, is the file system's to say.
    static final class LikeTheGuests implements TempDirFactory {
        private static final Path TMPFS = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isWritable(TMPFS)
                    ? Files.createTempDirectory(TMPFS, "guest-programs")
                    : Files.createTempDirectory("guest-programs");
        }
    }
}
