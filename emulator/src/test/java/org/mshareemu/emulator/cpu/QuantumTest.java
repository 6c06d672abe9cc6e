package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mshareemu.emulator.unicorn.EngineOptions;

import java.util.ArrayList;
import java.util.List;

/// Time slices end at the same instruction in every run.
final class QuantumTest {
    // Touches a new page every 64 rounds, calls the system every 16, and counts in memory:
    // xor esi, esi; loop: inc qword [rbx]; inc esi; test esi, 15; jnz over; syscall;
    // over: mov eax, esi; shl eax, 6; mov [rdi+rax], esi; jmp loop
    private static final String PROGRAM =
            "31f6 48ff03 ffc6 f7c60f000000 7502 0f05 89f0 c1e006 893407 ebe9";

    private static List<Long> trace(EngineOptions.Stops stops) {
        List<Long> trace = new ArrayList<>();
        CpuConfig config =
                CpuConfig.defaults()
                        .withEngine(
                                EngineOptions.defaults()
                                        .withStops(stops)
                                        .withTranslationBufferBytes(1 << 20));
        try (TestMachine machine = new TestMachine(config)) {
            machine.program(PROGRAM);
            machine.state.set(Register.RBX, TestMachine.DATA);
            machine.state.set(Register.RDI, 0x1000_0000);
            machine.handler =
                    (vaddr, _) -> {
                        if (vaddr % 0x3000 == 0) {
                            return FaultOutcome.SIGNAL;
                        }
                        machine.map(vaddr, TestMachine.RW);
                        return FaultOutcome.RESOLVED;
                    };
            machine.vcpu.setQuantum(1000);
            for (int quanta = 0; quanta < 20; ) {
                VcpuExit exit = machine.run();
                if (exit instanceof VcpuExit.PageFault fault) {
                    machine.map(fault.vaddr() & -0x1000, TestMachine.RW);
                } else if (exit == VcpuExit.Quantum.QUANTUM) {
                    quanta++;
                }
                trace.add(machine.get(Register.RIP));
                trace.add(machine.get(Register.RSI));
                trace.add(machine.vcpu.blocksExecuted());
                trace.add(machine.readLong(TestMachine.DATA));
            }
        }
        return trace;
    }

    @Test
    void threeRunsAreEqualToTheInstruction() {
        List<Long> first = trace(EngineOptions.Stops.MACHINE_CODE);

        assertEquals(first, trace(EngineOptions.Stops.MACHINE_CODE));
        assertEquals(first, trace(EngineOptions.Stops.MACHINE_CODE));
        assertEquals(first, trace(EngineOptions.Stops.UPCALL));
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Stops.class)
    void quantumIsExactlyThatManyBlocks(EngineOptions.Stops stops) {
        CpuConfig config =
                CpuConfig.defaults().withEngine(EngineOptions.defaults().withStops(stops));
        try (TestMachine machine = new TestMachine(config)) {
            machine.program("ffc0 ebfc"); // inc eax; jmp
            assertEquals(0, machine.vcpu.blocksExecuted());
            machine.vcpu.setQuantum(1);
            for (int i = 1; i <= 10; i++) {
                assertEquals(VcpuExit.Quantum.QUANTUM, machine.run());
                assertEquals(i, machine.get(Register.RAX));
                assertEquals(i, machine.vcpu.blocksExecuted());
            }
            machine.vcpu.setQuantum(1000);
            assertEquals(VcpuExit.Quantum.QUANTUM, machine.run());
            assertEquals(1010, machine.get(Register.RAX));
            assertEquals(1010, machine.vcpu.blocksExecuted());
        }
    }

    @Test
    void systemCallsDoNotStretchTheQuantum() {
        try (TestMachine machine =
                TestMachine.withCode("ffc3 0f05 ebfa")) { // inc ebx; syscall; jmp
            machine.vcpu.setQuantum(100);
            int calls = 0;
            while (machine.run() == VcpuExit.Syscall.SYSCALL) {
                calls++;
            }
            // Two blocks a round: up to the syscall, and the jump.
            assertEquals(50, calls);
            assertEquals(100, machine.vcpu.blocksExecuted());
        }
    }

    @Test
    void readModifyWriteIsNeverDoneTwice() {
        // inc; lock xadd; adc; not; xchg on memory, then count
        try (TestMachine machine =
                TestMachine.withCode("48ff03 b901000000 f0480fc14b08 48834310 01 48ffc0 ebe9")) {
            machine.state.set(Register.RBX, TestMachine.DATA);
            for (int quantum = 1; quantum < 400; quantum++) {
                machine.vcpu.setQuantum(quantum);
                assertEquals(VcpuExit.Quantum.QUANTUM, machine.run());
            }
            long rounds = machine.get(Register.RAX);
            assertTrue(rounds > 10_000);
            assertEquals(rounds, machine.readLong(TestMachine.DATA));
            assertEquals(rounds, machine.readLong(TestMachine.DATA + 8));
            assertEquals(rounds, machine.readLong(TestMachine.DATA + 16));
        }
    }
}
