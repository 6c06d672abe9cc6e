package org.mshareemu.emulator.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SymbolTableTest {
    private static final String SOURCE =
            """
            int zebra(int x) { return x * 3; }
            int aardvark(int x) { return zebra(x) + 1; }
            int main(int argc, char **argv) { return aardvark(argc); }
            """;

    @TempDir Path folder;

    private static String run(Path folder, String... command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String words =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(0, process.waitFor(), words);
        return words;
    }

    /// Every function that nm(1) lists is found at its start and one byte on, by its address and
    /// through its file offset.
    @ParameterizedTest
    @ValueSource(strings = {"-static -no-pie", "-static-pie", "-shared -fPIC", "-no-pie", "-pie"})
    void agreesWithNm(String flags) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("a.c"), SOURCE);
        run(folder, "sh", "-c", "gcc -O0 " + flags + " -o a a.c");
        SymbolTable table = SymbolTable.read(Files.readAllBytes(folder.resolve("a")));
        int found = 0;
        for (String line : List.of(run(folder, "nm", "a").split("\n", -1))) {
            String[] words = line.split(" ", -1);
            if (words.length == 3
                    && words[1].equals("T")
                    && List.of("zebra", "aardvark", "main").contains(words[2])) {
                long address = Long.parseLong(words[0], 16);
                assertEquals(words[2], table.describe(address));
                assertEquals(words[2] + "+0x1", table.describe(address + 1));
                found++;
            }
        }
        assertTrue(found == 3, () -> "functions found by nm");
    }

    @Test
    void fileOffsetsLeadToAddresses() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("a.c"), SOURCE);
        run(folder, "sh", "-c", "gcc -O0 -static -no-pie -o a a.c");
        byte[] file = Files.readAllBytes(folder.resolve("a"));
        SymbolTable table = SymbolTable.read(file);
        // Code of a fixed program stands at 0x400000 + its file offset.
        assertEquals(0x401000, table.addressOfOffset(0x1000));
        assertEquals(-1, table.addressOfOffset(file.length + 4096L));
    }

    @Test
    void whatIsNoElfFileHasNoSymbols() {
        SymbolTable table = SymbolTable.read("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        assertNull(table.describe(0x1000));
        assertEquals(-1, table.addressOfOffset(0));
        assertNull(SymbolTable.read(new byte[0]).describe(0));
    }
}
