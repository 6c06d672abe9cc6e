package org.mshareemu.emulator.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mshareemu.emulator.nativelib.LibrarySearch.Place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class NativeLibrariesTest {
    private static final String SONAME = NativeLibrary.UNICORN.soname();

    private record Fixed(
            Map<String, String> properties,
            Map<String, String> variables,
            @Nullable Path codeLocation)
            implements NativeLibraries.Surroundings {
        @Override
        public @Nullable String property(String name) {
            return properties.get(name);
        }

        @Override
        public @Nullable String variable(String name) {
            return variables.get(name);
        }
    }

    @Test
    void propertyIsTheOnlyPlaceEvenWhereItNamesNoFile(@TempDir Path home) throws IOException {
        createLibrary(home.resolve(".build/engine"));
        Path named = home.resolve("mine.so");
        var surroundings =
                new Fixed(
                        Map.of(
                                "mshareemu.unicorn.library",
                                named.toString(),
                                "mshareemu.home",
                                home.toString()),
                        Map.of("MSHAREEMU_UNICORN_LIBRARY", "/elsewhere"),
                        null);

        assertEquals(
                new LibrarySearch(
                        NativeLibrary.UNICORN,
                        List.of(new Place("property mshareemu.unicorn.library", named)),
                        null),
                NativeLibraries.search(NativeLibrary.UNICORN, surroundings));

        Files.createFile(named);
        assertEquals(named, NativeLibraries.search(NativeLibrary.UNICORN, surroundings).found());
    }

    @Test
    void variableComesBeforeTheBuildFolder(@TempDir Path home) throws IOException {
        createLibrary(home.resolve(".build/engine"));
        Path named = Files.createFile(home.resolve("mine.so"));
        var surroundings =
                new Fixed(
                        Map.of("mshareemu.home", home.toString()),
                        Map.of("MSHAREEMU_UNICORN_LIBRARY", named.toString()),
                        null);

        assertEquals(named, NativeLibraries.search(NativeLibrary.UNICORN, surroundings).found());
    }

    @Test
    void buildFolderIsFoundAboveTheCode(@TempDir Path home) throws IOException {
        Path library = createLibrary(home.resolve(".build/engine"));
        Path classes = Files.createDirectories(home.resolve("emulator/target/classes"));

        assertEquals(
                new LibrarySearch(
                        NativeLibrary.UNICORN,
                        List.of(new Place("build folder", library)),
                        library),
                NativeLibraries.search(
                        NativeLibrary.UNICORN, new Fixed(Map.of(), Map.of(), classes)));
    }

    @Test
    void linkerPathIsTriedLastAndInItsOwnOrder(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("lib"));
        Path library = createLibrary(folder);
        var surroundings =
                new Fixed(
                        Map.of("mshareemu.home", home.toString()),
                        Map.of("LD_LIBRARY_PATH", home + "::" + folder),
                        null);

        assertEquals(
                new LibrarySearch(
                        NativeLibrary.UNICORN,
                        List.of(
                                new Place("build folder", home.resolve(".build/engine/" + SONAME)),
                                new Place("linker's folder", home.resolve(SONAME)),
                                new Place("linker's folder", library)),
                        library),
                NativeLibraries.search(NativeLibrary.UNICORN, surroundings));
    }

    @Test
    void adviceNamesTheWrongFileOrTheFetchingCommand(@TempDir Path home) {
        Path named = home.resolve("none.so");

        assertEquals(
                "variable MSHAREEMU_CAPSTONE_LIBRARY names " + named + ", which is no file",
                NativeLibraries.search(
                                NativeLibrary.CAPSTONE,
                                new Fixed(
                                        Map.of(),
                                        Map.of("MSHAREEMU_CAPSTONE_LIBRARY", named.toString()),
                                        null))
                        .advice());
        assertEquals(
                "run emulator/engine/fetch-libraries (looked in /a/.build/engine, /b)",
                new LibrarySearch(
                                NativeLibrary.CAPSTONE,
                                List.of(
                                        new Place("build folder", Path.of("/a/.build/engine/x")),
                                        new Place("linker's folder", Path.of("/b/x"))),
                                null)
                        .advice());
    }

    private static Path createLibrary(Path folder) throws IOException {
        return Files.createFile(Files.createDirectories(folder).resolve(SONAME));
    }
}
