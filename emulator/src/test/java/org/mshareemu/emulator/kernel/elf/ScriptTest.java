package org.mshareemu.emulator.kernel.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

class ScriptTest {
    private static @Nullable Script parse(String text) throws ExecRefusedException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(bytes.length, Script.HEAD_BYTES);
        return Script.parse(Arrays.copyOf(bytes, Script.HEAD_BYTES), length);
    }

    @Test
    void theRestOfTheLineIsOneArgument() throws ExecRefusedException {
        assertEquals(new Script("/bin/awk", "-f -v  x"), parse("#! /bin/awk  -f -v  x \t\nBEGIN"));
        assertEquals(new Script("/bin/sh", null), parse("#!/bin/sh\n"));
        assertEquals(new Script("/bin/sh", null), parse("#!/bin/sh"));
    }

    @Test
    void otherFilesAreNoScripts() throws ExecRefusedException {
        assertNull(parse("# !/bin/sh\n"));
        assertNull(parse("#"));
        assertNull(parse(""));
    }

    @Test
    void aLineWithoutInterpreterIsRefused() {
        assertThrows(ExecRefusedException.class, () -> parse("#!\n/bin/sh"));
        assertThrows(ExecRefusedException.class, () -> parse("#!  \t \n"));
    }

    @Test
    void aNameThatIsCutOffIsRefusedButAnArgumentMayBeCut() throws ExecRefusedException {
        String longName = "/" + "x".repeat(300);
        assertThrows(ExecRefusedException.class, () -> parse("#!" + longName));
        Script cut = parse("#!/bin/sh " + "y".repeat(300));
        assertEquals(new Script("/bin/sh", "y".repeat(Script.HEAD_BYTES - 10)), cut);
    }

    @Test
    void theInterpreterGetsTheScriptInPlaceOfItsName() {
        ProgramArguments given =
                new ProgramArguments("./run", List.of("run", "a", "b"), List.of("K=V"));
        assertEquals(
                new ProgramArguments(
                        "./run", List.of("/bin/awk", "-f", "./run", "a", "b"), List.of("K=V")),
                given.forScript(new Script("/bin/awk", "-f"), "./run"));
    }
}
