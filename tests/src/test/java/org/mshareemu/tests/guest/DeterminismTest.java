package org.mshareemu.tests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The same program, arguments and seed give the same run: every call, fault, table and count, down
/// to the executed blocks and the virtual time.
class DeterminismTest {
    private static final String SOURCE =
            """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/random.h>
            #include <sys/wait.h>
            #include <time.h>
            #include <unistd.h>

            int main(void) {
                unsigned long random;
                struct timespec now;
                getrandom(&random, sizeof random, 0);
                for (int child = 0; child < 4; child++)
                    if (fork() == 0) {
                        char *memory = malloc(100000);
                        for (int round = 0; round < 2000; round++)
                            memset(memory, round, 100000 / (child + 1));
                        usleep(1000 * (child + 1));
                        printf("child %d\\n", child);
                        return child;
                    }
                while (wait(NULL) > 0)
                    ;
                clock_gettime(CLOCK_MONOTONIC, &now);
                printf("%lx %ld.%09ld %p\\n", random, now.tv_sec, now.tv_nsec, (void *) &now);
                return 0;
            }
            """;

    @TempDir Path folder;
    private Path program;

    @BeforeEach
    void compile() {
        program = CProgram.compile(folder, "mixed", SOURCE);
    }

    /// Everything that can be observed of a run.
    private record Observed(Outcome outcome, String strace, String faults, String tables) {}

    private Observed run(int cpus, int seed, int number) throws IOException {
        Path strace = folder.resolve("strace" + number);
        Path faults = folder.resolve("faults" + number);
        Path tables = folder.resolve("tables" + number);
        Outcome outcome =
                CommandLine.emu(
                        "run",
                        "--cpus=" + cpus,
                        "--seed=" + seed,
                        "--stats",
                        "--strace=" + strace,
                        "--faults=" + faults,
                        "--ptdump=" + tables,
                        program.toString());
        assertEquals(0, outcome.status(), outcome::stderr);
        return new Observed(
                outcome,
                Files.readString(strace),
                Files.readString(faults),
                Files.readString(tables));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theSameSeedGivesTheSameRun(int cpus) throws IOException {
        assertEquals(run(cpus, 5, 1), run(cpus, 5, 2));
    }

    @Test
    void anotherSeedGivesOtherRandomNumbers() throws IOException {
        assertNotEquals(run(1, 5, 1).outcome().stdout(), run(1, 6, 2).outcome().stdout());
    }

    @Test
    void watchingChangesNothing() throws IOException {
        Outcome watched = run(1, 5, 1).outcome();
        Outcome alone = CommandLine.emu("run", "--seed=5", program.toString());
        assertEquals(watched.stdout(), alone.stdout());
    }
}
