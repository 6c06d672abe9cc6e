package org.mshareemu.tests.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files of the house: what the tests of its rules read.
final class HouseClasses {
    static final Path HOME = Path.of(System.getProperty("mshareemu.home"));
    static final List<String> MODULES = List.of("mmu", "emulator", "mshare");

    private HouseClasses() {}

    /// The class files of the three modules.
    static List<byte[]> bytes() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (String module : MODULES) {
            for (Path file : files(HOME.resolve(module).resolve("target/classes"), ".class")) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    /// The Java sources of all modules, tests included.
    static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : List.of("mmu", "emulator", "mshare", "tests")) {
            all.addAll(files(HOME.resolve(module).resolve("src"), ".java"));
        }
        return all;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
