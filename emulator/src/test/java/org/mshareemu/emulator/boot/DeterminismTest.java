package org.mshareemu.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.task.KernelListener;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.mmu.phys.Checking;

import java.util.List;

/// The same program, seed and input give the same run.
class DeterminismTest {
    /// Asks getrandom for 8 bytes on the stack, reads the time stamp counter, and exits with a
    /// random status.
    private static final String PROGRAM =
            "4883ec10 4889e7 be08000000 31d2 b83e010000 0f05 0f31 8b3c24 b83c000000 0f05";

    /// What one run looked like from outside.
    private record Run(int status, long blocks, String calls) {}

    private static Run run(long seed) throws ProgramRefusedException {
        StringBuilder calls = new StringBuilder();
        KernelListener recorder =
                new KernelListener() {
                    @Override
                    public void syscallEntered(Task task) {
                        calls.append(task.cpu().get(Register.RAX))
                                .append('@')
                                .append(task.kernel().clock().monotonicNanos())
                                .append(':')
                                .append(task.cpu().get(Register.RDI))
                                .append(' ');
                    }
                };
        try (Machine machine =
                Machine.builder()
                        .memory(64 << 20)
                        .seed(seed)
                        .checking(Checking.ON)
                        .withoutPlugins()
                        .listener(recorder)
                        .build()) {
            machine.addFile("/program", TinyElf.of(PROGRAM), 0755);
            ProgramResult result =
                    machine.run(
                            ProgramRequest.inGuest("/program")
                                    .withEnvironment(List.of("A=b"))
                                    .capturing());
            return new Run(result.status(), result.usage().blocksExecuted(), calls.toString());
        }
    }

    @Test
    void twoRunsAreEqualToTheBlockAndTheNanosecond() throws ProgramRefusedException {
        assertEquals(run(7), run(7));
    }

    @Test
    void anotherSeedGivesOtherRandomNumbers() throws ProgramRefusedException {
        assertNotEquals(run(7).calls(), run(8).calls());
    }
}
