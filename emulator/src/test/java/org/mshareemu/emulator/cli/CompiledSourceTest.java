package org.mshareemu.emulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

class CompiledSourceTest {
    @TempDir Path folder;
    private Path source;
    private Path cache;
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    @BeforeEach
    void writeSource() throws IOException {
        cache = folder.resolve("cache");
        source = folder.resolve("answer.c");
        Files.writeString(folder.resolve("answer.h"), "#define ANSWER 1\n");
        Files.writeString(source, "#include \"answer.h\"\nint main(void) { return ANSWER; }\n");
    }

    private Path compile() throws CommandFailure {
        PrintStream messages = new PrintStream(words, true, StandardCharsets.UTF_8);
        return new CompiledSource(source, cache, System.getenv("PATH")).program(messages);
    }

    private static int run(Path program) throws IOException, InterruptedException {
        return new ProcessBuilder(program.toString()).start().waitFor();
    }

    @Test
    void anUnchangedSourceIsCompiledOnce() throws Exception {
        Path first = compile();
        FileTime made = Files.getLastModifiedTime(first);
        Files.setLastModifiedTime(source, FileTime.fromMillis(made.toMillis() + 10_000));
        Path second = compile();
        assertEquals(first, second);
        assertEquals(made, Files.getLastModifiedTime(second));
        assertEquals("answer", first.getFileName().toString());
        assertEquals(1, run(first));
        assertEquals("", words.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aChangedSourceOrHeaderIsCompiledAgain() throws Exception {
        Path first = compile();
        Files.writeString(folder.resolve("answer.h"), "#define ANSWER 2\n");
        assertEquals(2, run(compile()));
        Files.writeString(source, "int main(void) { return 3; }\n");
        Path third = compile();
        assertNotEquals(first, third);
        assertEquals(3, run(third));
    }

    @Test
    void theCompilersWordsComeThroughAndNothingIsKept() throws Exception {
        Files.writeString(source, "int main(void) { return oops; }\n");
        CommandFailure failure = assertThrows(CommandFailure.class, this::compile);
        assertEquals(ExitStatus.COMPILE_ERROR, failure.status());
        assertEquals(source + ": gcc ended with status 1", failure.line());
        assertTrue(words.toString(StandardCharsets.UTF_8).contains("oops"), words::toString);
        try (var left = Files.walk(cache)) {
            assertEquals(0, left.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void aMissingCompilerIsNamedWithItsRemedy() {
        CommandFailure failure =
                assertThrows(
                        CommandFailure.class,
                        () ->
                                new CompiledSource(source, cache, folder.toString())
                                        .program(
                                                new PrintStream(
                                                        words, true, StandardCharsets.UTF_8)));
        assertEquals("gcc is missing; install it: apt-get install gcc libc6-dev", failure.line());
        assertEquals(ExitStatus.USAGE, failure.status());
    }
}
