package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mshareemu.emulator.boot.Machine;

import java.nio.file.Path;

/// The emulator stands without its plugin.
class NoPluginTest {
    private static final String SOURCE =
            """
            #include <errno.h>
            #include <stdio.h>
            #include <string.h>
            #include <sys/mount.h>
            #include <sys/stat.h>

            int main(void) {
                char line[256];
                FILE *known = fopen("/proc/filesystems", "r");
                int listed = 0;
                while (known && fgets(line, sizeof line, known))
                    listed |= strstr(line, "msharefs") != NULL;
                mkdir("/here", 0755);
                int result = mount("msharefs", "/here", "msharefs", 0, NULL);
                printf("%d %s listed %d\\n", result, result ? strerror(errno) : "", listed);
                return 0;
            }
            """;

    @TempDir Path folder;

    @Test
    void mountingMsharefsWithoutThePluginIsEnodev() {
        Path program = CProgram.compile(folder, "mounts", SOURCE);
        assertEquals(
                new Outcome(0, "-1 No such device listed 0\n", ""),
                EmulatedRun.of(Machine.builder().withoutPlugins(), program));
        assertEquals(
                new Outcome(0, "0  listed 1\n", ""), EmulatedRun.of(Machine.builder(), program));
    }
}
