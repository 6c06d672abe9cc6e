package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Several vCPUs of one machine.
final class CpusTest {
    private static TestMachine two(String code) {
        TestMachine machine = new TestMachine(CpuConfig.defaults().withCount(2));
        machine.program(code);
        return machine;
    }

    @Test
    void atomicsOfTimeSlicedVcpusLoseNothing() {
        // lock inc qword [rbx]; inc qword [rbx+8]; inc rax; jmp
        try (TestMachine machine = two("f048ff03 48ff4308 48ffc0 ebf3");
                CpuState other = new CpuState()) {
            machine.state.set(Register.RBX, TestMachine.DATA);
            other.copyFrom(machine.state);
            machine.cpus.get(0).setQuantum(777);
            machine.cpus.get(1).setQuantum(555);
            for (int i = 0; i < 200; i++) {
                assertEquals(
                        VcpuExit.Quantum.QUANTUM,
                        machine.cpus.get(0).run(machine.state, machine.root));
                assertEquals(
                        VcpuExit.Quantum.QUANTUM, machine.cpus.get(1).run(other, machine.root));
            }
            long total = 200 * (777 + 555);

            assertEquals(total, machine.get(Register.RAX) + other.get(Register.RAX));
            assertEquals(total, machine.readLong(TestMachine.DATA));
            assertEquals(total, machine.readLong(TestMachine.DATA + 8));
        }
    }

    @Test
    void stateMovesFromOneVcpuToAnother() {
        // push 5; pop rax; movd xmm0, eax; fld1; syscall; movd ebx, xmm0; fistp qword [rdi];
        // rdtscp; syscall
        try (TestMachine machine = two("6a05 58 660f6ec0 d9e8 0f05 660f7ec3 df3f 0f01f9 0f05")) {
            machine.state.set(Register.RDI, TestMachine.DATA);
            machine.cpus.get(0).run(machine.state, machine.root);
            machine.cpus.get(1).run(machine.state, machine.root);

            assertEquals(5, machine.get(Register.RBX));
            assertEquals(1, machine.readLong(TestMachine.DATA));
        }
    }

    @Test
    void flushReachesExactlyTheVcpusThatHaveTheRootLoaded() {
        try (TestMachine machine = two("0f05 ebfc")) {
            long otherRoot = machine.tables.allocRoot();
            machine.mapFrame(
                    otherRoot,
                    TestMachine.CODE,
                    machine.paddr(TestMachine.CODE) >>> 12,
                    TestMachine.RX);
            machine.cpus.get(0).run(machine.state, machine.root);
            machine.cpus.get(1).run(machine.state, otherRoot);
            long first = machine.cpus.get(0).statistics().flushes();
            long second = machine.cpus.get(1).statistics().flushes();

            machine.cpus.flushAddressSpace(otherRoot);
            machine.cpus.get(0).run(machine.state, machine.root);
            machine.cpus.get(1).run(machine.state, otherRoot);
            assertEquals(first, machine.cpus.get(0).statistics().flushes());
            assertEquals(second + 1, machine.cpus.get(1).statistics().flushes());

            machine.cpus.flushAll();
            machine.cpus.get(0).run(machine.state, machine.root);
            machine.cpus.get(1).run(machine.state, otherRoot);
            assertEquals(first + 1, machine.cpus.get(0).statistics().flushes());
            assertEquals(second + 2, machine.cpus.get(1).statistics().flushes());
        }
    }

    @Test
    void forgottenShootdownIsFeltOnTheOtherVcpu() {
        try (TestMachine machine = two("488b03 0f05")) {
            machine.state.set(Register.RBX, TestMachine.DATA);
            machine.cpus.get(1).run(machine.state, machine.root);
            machine.unmap(TestMachine.DATA);

            machine.state.set(Register.RIP, TestMachine.CODE);
            assertEquals(
                    VcpuExit.Syscall.SYSCALL, machine.cpus.get(1).run(machine.state, machine.root));
            machine.state.set(Register.RIP, TestMachine.CODE);
            assertEquals(
                    new VcpuExit.PageFault(TestMachine.DATA, 4),
                    machine.cpus.get(0).run(machine.state, machine.root));
        }
    }

    @Test
    void noTwoVcpusEverRunAtOnce() {
        try (TestMachine machine = two("488b03 0f05")) {
            machine.handler =
                    (_, _) -> {
                        machine.cpus.get(1).run(machine.state, machine.root);
                        return FaultOutcome.SIGNAL;
                    };
            machine.state.set(Register.RBX, 0x77_0000);

            assertThrows(IllegalStateException.class, machine::run);
        }
    }

    @Test
    void timeStampAuxTellsTheVcpu() {
        try (TestMachine machine = two("0f01f9 4889cb 0f05")) {
            machine.cpus.get(1).run(machine.state, machine.root);
            assertEquals(1, machine.get(Register.RBX));
        }
    }
}
