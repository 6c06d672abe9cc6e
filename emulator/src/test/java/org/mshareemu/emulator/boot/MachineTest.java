package org.mshareemu.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.mmu.phys.Checking;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// What the API promises, shown with programs of a few instructions. Every machine is closed in
/// checking mode, so each test also shows that nothing is left behind.
class MachineTest {
    /// mov eax, 60; mov edi, 42; syscall
    private static final String EXIT_42 = "b83c000000 bf2a000000 0f05";

    private static Machine machine() {
        return Machine.builder().memory(64 << 20).checking(Checking.ON).withoutPlugins().build();
    }

    private static ProgramResult run(Machine machine, byte[] elf) throws ProgramRefusedException {
        machine.addFile("/program", elf, 0755);
        return machine.run(ProgramRequest.inGuest("/program").capturing());
    }

    private static ProgramResult run(String codeHex) throws ProgramRefusedException {
        try (Machine machine = machine()) {
            return run(machine, TinyElf.of(codeHex));
        }
    }

    private static void assertSignal(int signo, String codeHex) throws ProgramRefusedException {
        ProgramResult result = run(codeHex);
        assertEquals(ProgramResult.Ending.SIGNALED, result.ending());
        assertEquals(Signals.name(signo), Signals.name(result.signal()));
        assertEquals(128 + signo, result.status());
    }

    private static ProgramRefusedException refusal(byte[] file) {
        try (Machine machine = machine()) {
            return assertThrows(ProgramRefusedException.class, () -> run(machine, file));
        }
    }

    @Test
    void exitStatusIsTheProgramsOwn() throws ProgramRefusedException {
        ProgramResult result = run(EXIT_42);
        assertEquals(ProgramResult.Ending.EXITED, result.ending());
        assertEquals(42, result.status());
    }

    @Test
    void programsRunOneAfterTheOtherInOneMachine() throws ProgramRefusedException {
        try (Machine machine = machine()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(42, run(machine, TinyElf.of(EXIT_42)).status());
            }
        }
    }

    @Test
    void programsRunSideBySide() throws ProgramRefusedException {
        try (Machine machine = machine()) {
            machine.addFile("/program", TinyElf.of(EXIT_42), 0755);
            RunningProgram first = machine.start(ProgramRequest.inGuest("/program"));
            RunningProgram second = machine.start(ProgramRequest.inGuest("/program"));
            assertEquals(42, machine.await(second).status());
            assertEquals(42, machine.await(first).status());
            assertEquals(first.pid() + 1, second.pid());
        }
    }

    @Test
    void faultsEndInTheSignalsOfLinux() throws ProgramRefusedException {
        assertSignal(Signals.SIGILL, "0f0b"); // ud2
        assertSignal(Signals.SIGTRAP, "cc"); // int3
        assertSignal(Signals.SIGSEGV, "f4"); // hlt
        assertSignal(Signals.SIGSEGV, "e480"); // in al, 0x80
        assertSignal(Signals.SIGSEGV, "cd80"); // int 0x80
        assertSignal(Signals.SIGFPE, "31c9 31d2 f7f1"); // div ecx by 0
        assertSignal(Signals.SIGSEGV, "31c0 8b00"); // mov eax, [0]
        assertSignal(Signals.SIGSEGV, "48b80000000000000080 8b00"); // mov eax, [1 << 63]
        assertSignal(Signals.SIGBUS, "48bc0000000000000080 50"); // push with that as rsp
    }

    @Test
    void aSleepCostsNoRealTime() throws ProgramRefusedException {
        // sub rsp, 16; mov qword [rsp], 1000000; mov qword [rsp+8], 0; mov rdi, rsp; xor esi, esi;
        // mov eax, 35 (nanosleep); syscall; exit
        ProgramResult result =
                run(
                        "4883ec10 48c7042440420f00 48c744240800000000 4889e7 31f6 b823000000 0f05"
                                + EXIT_42);
        assertEquals(42, result.status());
    }

    @Test
    void sleepingForEverIsADeadlockThatNamesTheCall() throws ProgramRefusedException {
        ProgramResult result = run("b822000000 0f05"); // pause
        assertEquals(ProgramResult.Ending.DEADLOCK, result.ending());
        assertEquals(ProgramResult.TIMEOUT_STATUS, result.status());
        assertTrue(result.report().contains("in pause"), result.report());
    }

    @Test
    void anEndlessLoopRunsIntoTheTimeout() throws ProgramRefusedException {
        try (Machine machine =
                Machine.builder()
                        .memory(64 << 20)
                        .checking(Checking.ON)
                        .withoutPlugins()
                        .timeout(java.time.Duration.ofMillis(50))
                        .build()) {
            ProgramResult result = run(machine, TinyElf.of("ebfe"));
            assertEquals(ProgramResult.Ending.TIMEOUT, result.ending());
            assertTrue(
                    result.report().contains("rip 0x401000"),
                    result.report().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void whatIsNoProgramIsRefusedWithItsReason() {
        ProgramRefusedException text = refusal("plain text".getBytes(StandardCharsets.UTF_8));
        assertEquals("/program: not an ELF file", text.getMessage());
        assertEquals(126, text.status());
        assertEquals("/program: the file is empty", refusal(new byte[0]).getMessage());
    }

    @Test
    void otherMachinesAndTruncatedFilesAreRefusedWithTheirReason() {
        byte[] arm = TinyElf.of(EXIT_42);
        arm[18] = (byte) 183;
        assertEquals(
                "/program: an ELF file for machine 183, not for x86-64 (62)",
                refusal(arm).getMessage());
        byte[] small = TinyElf.of(EXIT_42);
        small[4] = 1;
        small[18] = 3;
        assertEquals(
                "/program: a 32-bit ELF file; only x86-64 programs run",
                refusal(small).getMessage());
        byte[] cut = Arrays.copyOf(TinyElf.of(EXIT_42), 100);
        assertEquals(
                "/program: truncated: the program headers are not in the file",
                refusal(cut).getMessage());
    }

    @Test
    void aSegmentBehindTheEndOfTheFileIsMappedAndFaults() throws ProgramRefusedException {
        // The header promises more than the file has: as on Linux, the fault is a SIGBUS.
        byte[] cut = Arrays.copyOf(TinyElf.withoutZeroedTail(EXIT_42), 0x800);
        try (Machine machine = machine()) {
            assertEquals(Signals.SIGBUS, run(machine, cut).signal());
        }
    }

    @Test
    void aMissingProgramIs127() {
        try (Machine machine = machine()) {
            ProgramRefusedException missing =
                    assertThrows(
                            ProgramRefusedException.class,
                            () -> machine.run(ProgramRequest.inGuest("/nothing")));
            assertEquals(Errno.ENOENT, missing.errno());
            assertEquals(127, missing.status());
        }
    }

    @Test
    void aFileWithoutExecutePermissionIs126() {
        try (Machine machine = machine()) {
            machine.addFile("/program", TinyElf.of(EXIT_42), 0644);
            ProgramRefusedException refused =
                    assertThrows(
                            ProgramRefusedException.class,
                            () -> machine.run(ProgramRequest.inGuest("/program")));
            assertEquals(Errno.EACCES, refused.errno());
            assertEquals(126, refused.status());
        }
    }
}
