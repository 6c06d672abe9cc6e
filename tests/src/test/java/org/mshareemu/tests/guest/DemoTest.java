package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

class DemoTest {
    private final Outcome demo = CommandLine.emu("demo");

    private Matcher find(String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(demo.stdout());
        assertTrue(matcher.find(), () -> pattern + " is not in\n" + demo.stdout());
        return matcher;
    }

    @Test
    void bothProgramsTellTheirStory() {
        assertEquals("", demo.stderr());
        assertEquals(0, demo.status());
        find("donor: region at 0x20000000000, 3 chapters written");
        find("consumer: region of 512 GiB at 0x30000000000");
        find("donor: the answer is \"read 3 chapters at 0x30000000000\"");
    }

    @Test
    void bothTopLevelEntriesLeadToTheOneSharedTable() {
        String donor = find("^ +donor +PGD\\[4\\] +0x20000000000 .* frame (0x[0-9a-f]+)").group(1);
        String consumer =
                find("^ +consumer +PGD\\[6\\] +0x30000000000 .* frame (0x[0-9a-f]+)").group(1);
        Matcher shared = find("shared PUD table: frame (0x[0-9a-f]+), share count (\\d+)");
        assertEquals(donor, consumer);
        assertEquals(donor, shared.group(1));
        assertEquals("2", shared.group(2));
    }

    @Test
    void sharingSavesTableFrames() {
        Matcher bytes = find("page tables: (\\d+) bytes with sharing, (\\d+) with private copies");
        assertTrue(Long.parseLong(bytes.group(1)) < Long.parseLong(bytes.group(2)), demo::stdout);
    }
}
