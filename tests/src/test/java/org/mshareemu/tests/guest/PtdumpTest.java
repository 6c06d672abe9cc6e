package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class PtdumpTest {
    @TempDir Path folder;

    @Test
    void theTablesOfAProgramAreDrawnAtItsEnd() throws IOException {
        String source =
                """
                #include <sys/mman.h>
                int main(void) {
                    char *at = mmap((void *) 0x6000000000, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
                    at[0] = 1;
                    at[4096] = 1;
                    return *(volatile char *) (at + 8192);
                }
                """;
        Path program = CProgram.compile(folder, "pages", source, "-no-pie");
        Path dump = folder.resolve("dump");
        assertEquals(
                new Outcome(0, "", ""),
                CommandLine.emu("run", "--ptdump=" + dump, program.toString()));
        List<String> lines = Files.readAllLines(dump);
        assertTrue(lines.getFirst().matches("process \\d+ pages"), lines::toString);
        assertTrue(lines.get(1).matches("PGD frame 0x[0-9a-f]+"), lines::toString);
        int two = find(lines, " +0x006000000000-0x006000002000 rw-u ad 2 x 4K frames .*");
        // Only read: the zero page, not writable.
        assertTrue(
                lines.get(two + 1)
                        .matches(
                                " +0x006000002000-0x006000003000 r--u a- 1 x 4K frame 0x[0-9a-f]+"),
                lines.get(two + 1));
        assertTrue(
                lines.get(two - 1).matches(" +\\[000\\] 0x006000000000 PTE frame 0x[0-9a-f]+"),
                lines.get(two - 1));
    }

    private static int find(List<String> lines, String pattern) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(pattern)) {
                return i;
            }
        }
        throw new AssertionError(pattern + " is not in\n" + String.join("\n", lines));
    }
}
