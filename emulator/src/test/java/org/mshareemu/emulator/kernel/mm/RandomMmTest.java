package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.mmu.phys.FailureMode;

/// Random programs of system calls and accesses in one to three processes, against a naive model
/// that knows pages only. After each step: same rights and contents, and everything consistent.
class RandomMmTest {
    private static final int PROGRAMS = 60;
    private static final int STEPS = 120;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomProgramsAgreeWithTheNaiveModel(long seed) {
        for (int program = 0; program < PROGRAMS; program++) {
            long programSeed = seed * 1_000_003 + program;
            try (MmFixture machine = new MmFixture(8192)) {
                RandomProgram run = new RandomProgram(machine, programSeed);
                for (int step = 0; step < STEPS; step++) {
                    run.step();
                    machine.check();
                }
                run.compareContents();
                run.end();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("program seed " + programSeed + ": " + e.getMessage(), e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void failingAllocationsLeaveEverythingConsistent(long seed) {
        int failed = 0;
        for (int program = 0; program < PROGRAMS; program++) {
            long programSeed = seed * 1_000_003 + program;
            try (MmFixture machine = new MmFixture(8192)) {
                RandomProgram run = new RandomProgram(machine, programSeed);
                run.toleratesNoMemory = true;
                for (int step = 0; step < STEPS; step++) {
                    machine.allocator.failAfter(
                            1 + run.random.nextInt(12),
                            run.random.nextInt(4) == 0
                                    ? FailureMode.FROM_THEN_ON
                                    : FailureMode.ONCE);
                    run.step();
                    machine.allocator.failAfter(0);
                    machine.check();
                }
                failed += run.failures;
                run.end();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("program seed " + programSeed + ": " + e.getMessage(), e);
            }
        }
        assertEquals(true, failed > PROGRAMS, "failures injected: " + failed);
    }
}
