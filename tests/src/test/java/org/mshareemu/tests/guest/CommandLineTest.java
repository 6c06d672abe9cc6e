package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What `./emu` answers to what it is given: statuses, streams, and one clear line for what it
/// cannot do.
class CommandLineTest {
    private static final int E_MACHINE = 18;
    private static final short EM_AARCH64 = 183;

    @TempDir Path folder;

    private static void refused(int status, String file, Outcome outcome) {
        assertEquals(status, outcome.status(), outcome::stderr);
        assertEquals("", outcome.stdout());
        assertTrue(outcome.stderr().startsWith("emu: " + file + ": "), outcome::stderr);
        assertEquals(1, outcome.stderr().lines().count(), outcome::stderr);
    }

    private Path executable(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    private static byte[] hello() throws IOException {
        return Files.readAllBytes(GuestPrograms.program("hello"));
    }

    @Test
    void aMissingProgramIsNotFound() {
        String file = folder.resolve("nothing").toString();
        refused(127, file, CommandLine.emu("run", file));
    }

    @Test
    void whatIsNoElfFileCannotRun() throws IOException {
        String file = executable("text", new byte[] {'h', 'e', 'l', 'l', 'o', '\n'}).toString();
        refused(126, file, CommandLine.emu("run", file));
    }

    @Test
    void anotherMachinesProgramCannotRun() throws IOException {
        byte[] bytes = hello();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(E_MACHINE, EM_AARCH64);
        String file = executable("arm", bytes).toString();
        refused(126, file, CommandLine.emu("run", file));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 70, 600, 5000})
    void aTruncatedProgramCannotRun(int lengthBytes) throws IOException {
        String file = executable("cut", Arrays.copyOf(hello(), lengthBytes)).toString();
        refused(126, file, CommandLine.emu("run", file));
    }

    @Test
    void aProgramForANewerProcessorCannotRun() {
        Path program =
                CProgram.compile(folder, "v3", "int main(void) { return 0; }", "-Wl,-z,x86-64-v3");
        Outcome outcome = CommandLine.emu("run", program.toString());
        refused(126, program.toString(), outcome);
        assertTrue(outcome.stderr().contains("x86-64-v3"), outcome::stderr);
    }

    @Test
    void aFolderCannotRun() {
        refused(126, folder.toString(), CommandLine.emu("run", folder.toString()));
    }

    @Test
    void aFifoCannotRunAndIsNotWaitedFor() throws IOException, InterruptedException {
        String fifo = folder.resolve("fifo").toString();
        assertEquals(0, new ProcessBuilder("mkfifo", "-m", "755", fifo).start().waitFor());
        refused(126, fifo, CommandLine.emu("run", fifo));
    }

    @Test
    void aFileThatIsNotExecutableCannotRun() throws IOException {
        String file = Files.write(folder.resolve("plain"), hello()).toString();
        refused(126, file, CommandLine.emu("run", file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --cpus x p | option --cpus needs a whole number from 1 to 64, not 'x'",
                "run --what p | unknown option --what",
                "run | run needs a program",
                "jump | unknown command jump",
                "bench --runs 0 | option --runs needs a whole number from 1 to 1000, not '0'",
            })
    void aWrongCommandLineIsNamedInOneLine(String line, String words) {
        assertEquals(
                new Outcome(2, "", "emu: " + words + " (see ./emu help)\n"),
                CommandLine.emu(line.split(" ", -1)));
    }

    @Test
    void aBindOfNothingIsNamed() {
        String host = folder.resolve("nothing").toString();
        Outcome outcome =
                CommandLine.emu("run", "--bind", host, GuestPrograms.program("hello").toString());
        refused(2, "cannot bind " + host, outcome);
    }

    @Test
    void cSourcesAreCompiledAndTheirStatusIsTheirs() throws IOException {
        Path source =
                Files.writeString(
                        folder.resolve("seven.c"),
                        """
                        #include <stdio.h>
                        int main(int c, char **v) { puts(v[1]); return 7; }
                        """);
        assertEquals(new Outcome(7, "hi\n", ""), CommandLine.emu("run", source.toString(), "hi"));
    }

    @Test
    void theCompilersErrorsComeThrough() throws IOException {
        Path source =
                Files.writeString(folder.resolve("bad.c"), "int main(void) { return oops; }\n");
        Outcome outcome = CommandLine.emu("run", source.toString());
        assertEquals(1, outcome.status());
        assertTrue(
                outcome.stderr().contains("'oops' undeclared") || outcome.stderr().contains("oops"),
                outcome::stderr);
        assertTrue(
                outcome.stderr().endsWith("emu: " + source + ": gcc ended with status 1\n"),
                outcome::stderr);
    }

    @Test
    void theThreeStreamsPassThrough() {
        Path program =
                CProgram.compile(
                        folder,
                        "streams",
                        "#include <unistd.h>\n"
                            + "int main(void) { char b[64]; long n = read(0, b, 64); write(1, b,"
                            + " n); write(2, \"E\\n\", 2); return 0; }");
        assertEquals(
                new Outcome(0, "in\377\n", "E\n"),
                CommandLine.emuWithInput("in\377\n", "run", program.toString()));
    }

    @Test
    void aTimeLimitEndsTheRunAndSaysWhereTasksWere() {
        Path program =
                CProgram.compile(
                        folder,
                        "spin",
                        "#include <unistd.h>\n"
                            + "__attribute__((noinline, noclone)) int spinning(void) { for (;;) asm"
                            + " volatile(\"\"); }\n"
                            + "int main(void) { if (fork() == 0) for (;;) pause(); return"
                            + " spinning(); }");
        Outcome outcome = CommandLine.emu("run", "--timeout", "0.5", program.toString());
        assertEquals(124, outcome.status());
        assertEquals("", outcome.stdout());
        String[] lines = outcome.stderr().split("\n", -1);
        assertEquals("emu: time limit of 0.5 s reached", lines[0]);
        assertTrue(
                lines[1].matches("emu: task \\d+ \\(spin\\) running at 0x[0-9a-f]+ spinning.*"),
                outcome::stderr);
        assertTrue(
                lines[2].matches("emu: task \\d+ \\(spin\\) sleeping in pause at 0x[0-9a-f]+ .*"),
                outcome::stderr);
    }

    @Test
    void theEnvironmentIsTheDefaultAndWhatIsAdded() {
        Path program =
                CProgram.compile(
                        folder,
                        "env",
                        "#include <stdio.h>\n"
                            + "int main(int c, char **v, char **e) { while (*e) puts(*e++); return"
                            + " 0; }");
        assertEquals(
                new Outcome(
                        0,
                        """
                        PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
                        HOME=/h
                        TERM=dumb
                        LANG=C.UTF-8
                        X=1
                        """,
                        ""),
                CommandLine.emu("run", "--env", "HOME=/h", "--env", "X=1", program.toString()));
    }

    @Test
    void helpNamesEveryOption() {
        Outcome outcome = CommandLine.emu("help");
        assertEquals(0, outcome.status());
        for (String option :
                "--cpus --memory --seed --clock --timeout --bind --root --env --cwd --strace --faults --ptdump --trace --stats"
                        .split(" ", -1)) {
            assertTrue(outcome.stdout().contains("  " + option), option);
        }
    }

    @Test
    void theTableOfSystemCallsSaysWhatIsThere() {
        Outcome outcome = CommandLine.emu("syscalls");
        assertEquals(0, outcome.status());
        assertTrue(outcome.stdout().contains("\n  1  write "), outcome::stdout);
        assertTrue(
                outcome.stdout().lines().anyMatch(row -> row.matches(" *11  munmap +supported")),
                outcome::stdout);
    }
}
