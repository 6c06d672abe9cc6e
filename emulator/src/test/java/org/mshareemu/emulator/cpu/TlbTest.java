package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;

/// What the TLB holds, for how long, and what of it the page tables record.
final class TlbTest {
    private static final long AREA = 0x1000_0000L;

    // mov rax, AREA; mov ecx, esi; loop: mov rbx, [rax]; add rax, 0x1000; dec ecx; jnz loop;
    /// syscall
    private static final String TOUCH_PAGES =
            "48b80000001000000000 89f1 488b18 480500100000 ffc9 75f3 0f05";

    private static TestMachine toucher(int pages) {
        TestMachine machine = TestMachine.withCode(TOUCH_PAGES);
        for (int i = 0; i < pages; i++) {
            machine.map(AREA + i * 0x1000L, TestMachine.RO);
        }
        machine.state.set(Register.RSI, pages);
        return machine;
    }

    private static long fillsOfARound(TestMachine machine) {
        long before = machine.vcpu.statistics().fills();
        assertEquals(VcpuExit.Syscall.SYSCALL, machine.runAt(TestMachine.CODE));
        return machine.vcpu.statistics().fills() - before;
    }

    @Test
    void tlbGrowsUntilTheWorkingSetFits() {
        try (TestMachine machine = toucher(2000)) {
            for (int round = 0; round < 6; round++) {
                fillsOfARound(machine);
            }

            long fills = fillsOfARound(machine);

            assertTrue(fills < 20, "fills with a warm TLB: " + fills);
            assertTrue(machine.vcpu.statistics().flushes() >= 4);
        }
    }

    @Test
    void growthComesBackAfterAFlush() {
        try (TestMachine machine = toucher(2000)) {
            for (int i = 0; i < 5; i++) {
                machine.cpus.flushAll();
                for (int round = 0; round < 4; round++) {
                    fillsOfARound(machine);
                }
                assertTrue(fillsOfARound(machine) < 20);
            }
        }
    }

    @Test
    void translationOutlivesItsEntryUntilItsAddressSpaceIsFlushed() {
        try (TestMachine machine = toucher(1)) {
            fillsOfARound(machine);
            machine.unmap(AREA);
            assertEquals(
                    VcpuExit.Syscall.SYSCALL,
                    machine.runAt(TestMachine.CODE),
                    "no flush, so the old entry still serves");
            machine.cpus.flushAddressSpace(machine.root + 0x1000);
            assertEquals(
                    VcpuExit.Syscall.SYSCALL,
                    machine.runAt(TestMachine.CODE),
                    "another address space was flushed");

            machine.cpus.flushAddressSpace(machine.root);
            assertEquals(new VcpuExit.PageFault(AREA, 4), machine.runAt(TestMachine.CODE));
        }
    }

    @Test
    void otherAddressSpaceHasNoneOfTheTranslations() {
        try (TestMachine machine = toucher(1)) {
            machine.memory.writeLong(machine.paddr(AREA), 1);
            long other = machine.tables.allocRoot();
            machine.mapFrame(
                    other,
                    TestMachine.CODE,
                    machine.paddr(TestMachine.CODE) >>> 12,
                    TestMachine.RX);
            fillsOfARound(machine);
            assertEquals(1, machine.get(Register.RBX));

            machine.state.set(Register.RIP, TestMachine.CODE);
            assertEquals(new VcpuExit.PageFault(AREA, 4), machine.vcpu.run(machine.state, other));
            fillsOfARound(machine);
            assertEquals(1, machine.get(Register.RBX));
        }
    }

    @Test
    void sameAddressSpaceKeepsItsTranslationsOverRunsAndTasks() {
        try (TestMachine machine = toucher(100);
                CpuState other = new CpuState()) {
            fillsOfARound(machine);
            other.copyFrom(machine.state);
            other.set(Register.RIP, TestMachine.CODE);
            long fills = machine.vcpu.statistics().fills();

            machine.vcpu.run(other, machine.root);

            assertEquals(fills, machine.vcpu.statistics().fills());
        }
    }

    @Test
    void flushAskedForInAFaultHappensBeforeTheGuestGoesOn() {
        // mov rax, [rbx]; mov rcx, [rdx]; mov rsi, [rbx]; syscall
        try (TestMachine machine = TestMachine.withCode("488b03 488b0a 488b33 0f05")) {
            long victim = 0x70_0000;
            machine.map(victim, TestMachine.RO);
            machine.state.set(Register.RBX, victim);
            machine.state.set(Register.RDX, 0x71_0008);
            machine.handler =
                    (vaddr, _) -> {
                        if (vaddr != 0x71_0000) {
                            return FaultOutcome.SIGNAL;
                        }
                        machine.map(vaddr, TestMachine.RO);
                        machine.unmap(victim);
                        machine.cpus.flushAddressSpace(machine.root);
                        return FaultOutcome.RESOLVED;
                    };

            assertEquals(new VcpuExit.PageFault(victim, 4), machine.run());
            assertEquals(TestMachine.CODE + 6, machine.get(Register.RIP));
        }
    }

    @Test
    void accessedAndDirtyBitsFollowTheGuestExactly() {
        // mov al, [rbx]; syscall; mov [rbx], al; syscall
        try (TestMachine machine = TestMachine.withCode("8a03 0f05 8803 0f05")) {
            machine.map(AREA, TestMachine.RW);
            machine.state.set(Register.RBX, AREA);
            assertEquals(0, bits(machine));
            machine.run();
            assertEquals(Pte.A, bits(machine));
            machine.run();
            assertEquals(Pte.A | Pte.D, bits(machine));
        }
    }

    @Test
    void cleanedEntryIsDirtyAgainOnTheNextWriteAfterAFlush() {
        try (TestMachine machine = TestMachine.withCode("8803 0f05")) {
            machine.map(AREA, TestMachine.RW);
            machine.state.set(Register.RBX, AREA);
            machine.run();
            long entry = machine.tables.findEntry(machine.root, AREA, Level.PTE);
            machine.tables.write(entry, machine.tables.read(entry) & ~(Pte.D | Pte.A));
            machine.cpus.flushAddressSpace(machine.root);

            machine.runAt(TestMachine.CODE);
            assertEquals(Pte.A | Pte.D, bits(machine));
        }
    }

    @Test
    void dirtyPageTakesOneFillForReadAndWrite() {
        // mov al, [rbx]; mov [rbx], al; syscall
        try (TestMachine machine = TestMachine.withCode("8a03 8803 0f05")) {
            machine.map(AREA, TestMachine.RW);
            machine.state.set(Register.RBX, AREA);
            assertEquals(3, fillsOfARound(machine));
            machine.cpus.flushAll();
            assertEquals(2, fillsOfARound(machine));
        }
    }

    @Test
    void copyOnWriteInTheFaultNeedsNoFlush() {
        // mov rax, [rbx]; mov [rbx], rcx; mov rdx, [rbx]; syscall
        try (TestMachine machine = TestMachine.withCode("488b03 48890b 488b13 0f05")) {
            long old = machine.map(AREA, TestMachine.RO);
            machine.memory.writeLong(old << 12, 5);
            machine.state.set(Register.RBX, AREA);
            machine.state.set(Register.RCX, 6);
            machine.handler =
                    (vaddr, errorCode) -> {
                        assertEquals(7, errorCode);
                        machine.memory.copyFrame(old, machine.map(vaddr, TestMachine.RW));
                        return FaultOutcome.RESOLVED;
                    };
            machine.run();

            assertEquals(5, machine.get(Register.RAX));
            assertEquals(6, machine.get(Register.RDX));
            assertEquals(5, machine.memory.readLong(old << 12));
        }
    }

    private static long bits(TestMachine machine) {
        long entry = machine.tables.read(machine.tables.findEntry(machine.root, AREA, Level.PTE));
        return entry & (Pte.A | Pte.D);
    }
}
