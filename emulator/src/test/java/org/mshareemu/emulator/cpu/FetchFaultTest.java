package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Straight-line code that runs into a page it may not fetch faults at the page's edge, not where
/// its block starts.
final class FetchFaultTest {
    private static final long NEXT_PAGE = TestMachine.CODE + 0x1000;
    private static final String INC_EAX = "ffc0";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allInstructionsBeforeTheEdgeRunOnce(boolean present) {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            if (present) {
                machine.map(NEXT_PAGE, TestMachine.RW);
            }
            // inc dword [rbx]; four of inc eax
            machine.code(NEXT_PAGE - 10, "ff03" + INC_EAX.repeat(4));
            machine.state.set(Register.RBX, TestMachine.DATA);

            VcpuExit exit = machine.runAt(NEXT_PAGE - 10);

            assertEquals(new VcpuExit.PageFault(NEXT_PAGE, present ? 0x15 : 0x14), exit);
            assertEquals(NEXT_PAGE, machine.get(Register.RIP));
            assertEquals(4, machine.get(Register.RAX));
            assertEquals(1, machine.readLong(TestMachine.DATA));
            assertEquals(0, machine.get(Register.RFLAGS) & 0x100);
        }
    }

    @Test
    void instructionAcrossTheEdgeFaultsAtItsStartForTheNextPage() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            machine.code(NEXT_PAGE - 6, INC_EAX + INC_EAX + "b811");

            assertEquals(new VcpuExit.PageFault(NEXT_PAGE, 0x14), machine.runAt(NEXT_PAGE - 6));
            assertEquals(NEXT_PAGE - 2, machine.get(Register.RIP));
            assertEquals(2, machine.get(Register.RAX));

            machine.map(NEXT_PAGE, TestMachine.RX);
            machine.code(NEXT_PAGE, "2233440f05");
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(0x44332211, machine.get(Register.RAX));
        }
    }

    @Test
    void pushedFlagsDoNotShowTheStepping() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            // pushf; pop rbx; pushfw; pop cx; inc eax
            machine.code(NEXT_PAGE - 8, "9c5b 669c 6659" + INC_EAX);

            assertEquals(new VcpuExit.PageFault(NEXT_PAGE, 0x14), machine.runAt(NEXT_PAGE - 8));
            assertEquals(0x202, machine.get(Register.RBX));
            assertEquals(0x202, machine.get(Register.RCX));
            assertEquals(TestMachine.STACK_TOP, machine.get(Register.RSP));
        }
    }

    @Test
    void flagsPoppedOnTheWayAreTheGuests() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            // push 0x303; popf; inc eax; inc eax
            machine.code(NEXT_PAGE - 10, "6803030000 9d" + INC_EAX.repeat(2));

            assertEquals(new VcpuExit.CpuException(1, 0), machine.runAt(NEXT_PAGE - 10));
            assertEquals(1, machine.get(Register.RAX));
            assertEquals(NEXT_PAGE - 2, machine.get(Register.RIP));
        }
    }

    @Test
    void anotherEndOnTheWayIsReportedAsItself() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            machine.code(NEXT_PAGE - 6, "f4" + INC_EAX + "909090");
            assertEquals(new VcpuExit.CpuException(13, 0), machine.runAt(NEXT_PAGE - 6));
            assertEquals(NEXT_PAGE - 6, machine.get(Register.RIP));
            assertEquals(0, machine.get(Register.RFLAGS) & 0x100);

            machine.code(NEXT_PAGE - 6, "8a03" + INC_EAX + "9090");
            assertEquals(new VcpuExit.PageFault(0, 4), machine.runAt(NEXT_PAGE - 6));
            assertEquals(NEXT_PAGE - 6, machine.get(Register.RIP));
        }
    }

    @Test
    void pageThatCanBeResolvedIsResolvedEarly() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            machine.code(NEXT_PAGE - 4, INC_EAX.repeat(2));
            machine.handler =
                    (vaddr, errorCode) -> {
                        assertEquals(NEXT_PAGE, vaddr);
                        assertEquals(0x14, errorCode);
                        machine.map(NEXT_PAGE, TestMachine.RX);
                        machine.code(NEXT_PAGE, "0f05");
                        return FaultOutcome.RESOLVED;
                    };

            assertEquals(VcpuExit.Syscall.SYSCALL, machine.runAt(NEXT_PAGE - 4));
            assertEquals(2, machine.get(Register.RAX));
            assertEquals(1, machine.vcpu.statistics().runs());
        }
    }

    @Test
    void quantumIsKeptWhileStepping() {
        try (TestMachine machine = TestMachine.withCode("0f05")) {
            machine.code(NEXT_PAGE - 40, INC_EAX.repeat(20));
            machine.vcpu.setQuantum(3);
            machine.state.set(Register.RIP, NEXT_PAGE - 40);
            int quanta = 0;
            VcpuExit exit = machine.run();
            while (exit == VcpuExit.Quantum.QUANTUM) {
                assertEquals(0, machine.get(Register.RFLAGS) & 0x100);
                quanta++;
                exit = machine.run();
            }

            assertEquals(new VcpuExit.PageFault(NEXT_PAGE, 0x14), exit);
            assertEquals(20, machine.get(Register.RAX));
            assertTrue(quanta > 5, "quanta: " + quanta);
        }
    }
}
