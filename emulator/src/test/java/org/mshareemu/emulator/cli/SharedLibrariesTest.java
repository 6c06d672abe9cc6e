package org.mshareemu.emulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

class SharedLibrariesTest {
    @TempDir Path folder;

    private Path compile(String flags) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("a.c"),
                "#include <math.h>\nint main(int c, char **v) { return (int) sin(c); }\n");
        Process process =
                new ProcessBuilder("sh", "-c", "gcc -fno-builtin -o a a.c " + flags)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        assertEquals(0, process.waitFor());
        return folder.resolve("a");
    }

    private static Set<Path> realPaths(Iterable<Path> paths) throws IOException {
        Set<Path> real = new TreeSet<>();
        for (Path path : paths) {
            real.add(path.toRealPath());
        }
        return real;
    }

    @Test
    void aDynamicProgramNeedsWhatLddLists() throws Exception {
        Path program = compile("-lm");
        Process ldd = new ProcessBuilder("ldd", program.toString()).start();
        String words = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<Path> expected = new TreeSet<>();
        for (String word : words.split("\\s+", -1)) {
            if (word.startsWith("/")) {
                expected.add(Path.of(word).toRealPath());
            }
        }
        assertEquals(expected, realPaths(SharedLibraries.of(program)));
    }

    @Test
    void aStaticProgramAndAScriptNeedNothing() throws Exception {
        assertEquals(List.of(), SharedLibraries.of(compile("-static -lm")));
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n");
        assertEquals(List.of(), SharedLibraries.of(script));
    }

    @Test
    void aLibraryThatIsNowhereIsNamed() throws Exception {
        Files.writeString(folder.resolve("lib.c"), "int only_here(void) { return 1; }\n");
        Process make =
                new ProcessBuilder("sh", "-c", "gcc -shared -fPIC -o libonlyhere.so lib.c")
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        assertEquals(0, make.waitFor());
        Path program = compile("-Wl,--no-as-needed -L. -lonlyhere -lm");
        CommandFailure failure =
                assertThrows(CommandFailure.class, () -> SharedLibraries.of(program));
        assertEquals(
                program + ": needs the library libonlyhere.so, which is not on this machine",
                failure.line());
        assertEquals(ExitStatus.NOT_FOUND, failure.status());
    }
}
