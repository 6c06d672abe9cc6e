package org.mshareemu.emulator.unicorn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.emulator.capstone.Disassembler;
import org.mshareemu.emulator.capstone.DisassemblerException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A library that is not there is told in one line, each time it is asked for. In a process of its
/// own, as this one has both.
final class MissingEngineTest {
    /// What the other process runs.
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try {
                    if (arguments[0].equals("unicorn")) {
                        EngineLayout.get();
                    } else {
                        Disassembler.open(Disassembler.Syntax.INTEL);
                    }
                } catch (UnsupportedEngineException | DisassemblerException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unicorn", "capstone"})
    void missingLibraryIsTheSameOneLineEachTime(String library)
            throws IOException, InterruptedException {
        String output = runProbe(library, "/nonexistent/lib.so");

        String[] lines = output.split("\n", -1);
        assertTrue(lines[0].contains("lib" + library) && lines[0].contains("not found"), output);
        assertEquals(lines[0], lines[1], output);
        assertEquals(3, lines.length, output);
    }

    @Test
    void libraryThatIsSomethingElseIsRefusedByName() throws IOException, InterruptedException {
        String output = runProbe("unicorn", "/lib64/ld-linux-x86-64.so.2");

        assertTrue(
                output.startsWith("/lib64/ld-linux-x86-64.so.2 is no Unicorn 2 library"), output);
    }

    private static String runProbe(String library, String file)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dmshareemu." + library + ".library=" + file,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Probe.class.getName(),
                                library)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
