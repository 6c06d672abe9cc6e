package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What each kind of exit leaves in the state.
final class VcpuTest {
    @Test
    void syscallLeavesRcxAndR11AsTheProcessorDoes() {
        // mov eax, 39; xor edi, edi; syscall; mov ebx, eax; syscall
        try (TestMachine machine = TestMachine.withCode("b827000000 31ff 0f05 89c3 0f05")) {
            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(39, machine.get(Register.RAX));
            assertEquals(TestMachine.CODE + 9, machine.get(Register.RIP));
            assertEquals(TestMachine.CODE + 9, machine.get(Register.RCX));
            assertEquals(0x246, machine.get(Register.R11));
            machine.state.set(Register.RAX, 1234);

            assertEquals(VcpuExit.Syscall.SYSCALL, machine.run());
            assertEquals(1234, machine.get(Register.RBX));
        }
    }
}
