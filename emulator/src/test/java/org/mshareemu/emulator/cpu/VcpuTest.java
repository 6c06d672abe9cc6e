package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mshareemu.emulator.unicorn.EngineOptions;

/// What each kind of exit leaves in the state.
final class VcpuTest {
    private static final long CODE = TestMachine.CODE;

    @Test
    void syscallLeavesRcxAndR11AsTheProcessorDoes() {
        // mov eax, 39; xor edi, edi; syscall; mov ebx, eax; syscall
        try (TestMachine machine = TestMachine.withCode("b827000000 31ff 0f05 89c3 0f05")) {
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(39, machine.get(Register.RAX));
            assertEquals(CODE + 9, machine.get(Register.RIP));
            assertEquals(CODE + 9, machine.get(Register.RCX));
            assertEquals(0x246, machine.get(Register.R11));
            machine.state.set(Register.RAX, 1234);

            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(1234, machine.get(Register.RBX));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "div by zero,           90 31c9 f7f1,    0,    0, 3",
        "quotient too large,    90 6a00 59 48ffca 48f7f1, 0, 0, 7",
        "int3,                  90 cc,           3,    0, 2",
        "int 3,                 90 cd03,         3,    0, 3",
        "int1,                  90 f1,           1,    0, 2",
        "int 0x80,              90 cd80,         128,  0, 3",
        "int 0x21,              90 cd21,         13, 266, 1",
        "int 0,                 90 cd00,         13,   2, 1",
        "hlt,                   90 f4,           13,   0, 1",
        "cli,                   90 fa,           13,   0, 1",
        "mov cr3,               90 0f22d8,       13,   0, 1",
        "wrmsr,                 90 0f30,         13,   0, 1",
        "lgdt,                  90 0f0110,       13,   0, 1",
        "mov ds to a bad one,   90 b834120000 8ed8, 13, 4660, 6",
        "x87 zero divide,       dbe3 9b 6a00 d93c24 66812424fbff d92c24 d9e8 d9ee def9 9b, 16, 0,"
                + " 23",
    })
    void exceptionHasItsVectorItsErrorCodeAndRip(
            String name, String code, int vector, int errorCode, int ripOffset) {
        try (TestMachine machine = TestMachine.withCode(code + "0f05")) {
            assertEquals(new VcpuExit.CpuException(vector, errorCode), machine.run());
            assertEquals(CODE + ripOffset, machine.get(Register.RIP));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ud2, 0f0b", "lock nop, f090", "vaddps ymm, c5fc58c1", "sha1nexte, 0f38c8c1"})
    void undefinedOpcodeIsReportedAtTheInstruction(String name, String code) {
        try (TestMachine machine = TestMachine.withCode("90" + code + "0f05")) {
            assertEquals(new VcpuExit.InvalidOpcode(), machine.run());
            assertEquals(CODE + 1, machine.get(Register.RIP));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'in al, 0x60', e460, 96, 1, IN",
        "'in eax, dx', ed, 1234, 4, IN",
        "'out 0x80, al', e680, 128, 1, OUT",
        "'out dx, ax', 66ef, 1234, 2, OUT",
        "'rep insb', f36c, 1234, 1, IN",
        "'outsd', 6f, 1234, 4, OUT",
    })
    void portAccessIsRefusedAtTheInstruction(
            String name, String code, int port, int bytes, VcpuExit.PortDirection direction) {
        try (TestMachine machine = TestMachine.withCode("f9" + code + "ffc3 0f05")) {
            machine.state.set(Register.RDX, 1234);
            machine.state.set(Register.RCX, 1);
            machine.state.set(Register.RSI, TestMachine.DATA);
            machine.state.set(Register.RDI, TestMachine.DATA);

            assertEquals(new VcpuExit.PortAccess(port, bytes, direction), machine.run());
            assertEquals(CODE + 1, machine.get(Register.RIP));
            assertEquals(0x203, machine.get(Register.RFLAGS));
            assertEquals(0, machine.get(Register.RBX));
        }
    }

    @Test
    void fourDivideErrorsInARowAreFourDivideErrors() {
        try (TestMachine machine = TestMachine.withCode("31c9 f7f1 0f05")) {
            for (int i = 0; i < 4; i++) {
                assertEquals(new VcpuExit.CpuException(0, 0), machine.run());
                assertEquals(CODE + 2, machine.get(Register.RIP));
            }
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.runAt(CODE + 4));
        }
    }

    @Test
    void guestsOwnTrapFlagStepsIt() {
        // pushf; or dword [rsp], 0x100; popf; nop; inc eax; syscall
        try (TestMachine machine = TestMachine.withCode("9c 810c2400010000 9d 90 ffc0 0f05")) {
            assertEquals(new VcpuExit.CpuException(1, 0), machine.run());
            assertEquals(CODE + 10, machine.get(Register.RIP));
            assertEquals(0x100, machine.get(Register.RFLAGS) & 0x100);

            assertEquals(new VcpuExit.CpuException(1, 0), machine.run());
            assertEquals(CODE + 12, machine.get(Register.RIP));
            assertEquals(1, machine.get(Register.RAX));
        }
    }

    @Test
    void guestRunsAtPrivilegeLevel3WithLinuxSelectors() {
        // mov eax, cs; mov ebx, ss; pushf; pop rdx; syscall
        try (TestMachine machine = TestMachine.withCode("8cc8 8cd3 9c5a 0f05")) {
            machine.run();

            assertEquals(0x33, machine.get(Register.RAX));
            assertEquals(0x2b, machine.get(Register.RBX));
            assertEquals(0x202, machine.get(Register.RDX));
        }
    }

    @Test
    void timeStampsComeFromTheClock() {
        // rdtsc; mov r8, rax; mov r9, rdx; rdtscp; syscall
        try (TestMachine machine = TestMachine.withCode("0f31 4989c0 4989d1 0f01f9 4889ce 0f05")) {
            machine.clock = 0x1234_5678_9abc_def0L;
            machine.run();

            assertEquals(0x9abc_def0L, machine.get(Register.R8));
            assertEquals(0x1234_5678L, machine.get(Register.R9));
            assertEquals(0x9abc_def0L, machine.get(Register.RAX));
            assertEquals(0, machine.get(Register.RSI));
        }
    }

    @Test
    void cpuidGoesThroughThePolicy() {
        // mov eax, 7; xor ecx, ecx; cpuid; syscall
        try (TestMachine machine = TestMachine.withCode("b807000000 31c9 0fa2 4889ce 0f05")) {
            int[] expected = new int[4];
            CpuidPolicy.standard().cpuid(7, 0, expected);
            machine.run();

            assertEquals(Integer.toUnsignedLong(expected[1]), machine.get(Register.RBX));
            assertEquals(Integer.toUnsignedLong(expected[2]), machine.get(Register.RSI));
        }
    }

    @Test
    void translationToNowhereIsOurErrorNotTheGuests() {
        try (TestMachine machine = TestMachine.withCode("488b03 0f05")) {
            machine.mapFrame(
                    machine.root, 0x70_0000, machine.memory.frameCount() + 5, TestMachine.RO);
            machine.state.set(Register.RBX, 0x70_0000);

            assertThrows(IndexOutOfBoundsException.class, machine::run);
        }
    }

    @Test
    void upcallStopsDoTheSame() {
        CpuConfig config =
                CpuConfig.defaults()
                        .withEngine(EngineOptions.defaults().withStops(EngineOptions.Stops.UPCALL));
        try (TestMachine machine = new TestMachine(config)) {
            machine.program("b827000000 31ff 0f05 ffc3 ebfc");

            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(CODE + 9, machine.get(Register.RCX));
            machine.vcpu.setQuantum(1000);
            assertEquals(VcpuExit.Quantum.QUANTUM, machine.run());
            assertEquals(1000, machine.get(Register.RBX));
        }
    }
}
