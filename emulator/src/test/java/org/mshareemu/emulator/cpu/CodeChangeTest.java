package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;

import java.util.Random;

/// Whoever changes code, and however: what runs is what stands in memory.
final class CodeChangeTest {
    private static final long TARGET = 0x50_0000;
    private static final long ALIAS = 0x51_0000;

    /// mov eax, 1; syscall. The operand is at +1.
    private static final String RETURN_1 = "b801000000 0f05";

    // mov [rbx], cl; syscall
    private static final long STORE_BYTE = TestMachine.CODE;

    private static TestMachine machine(int vcpus) {
        TestMachine machine = new TestMachine(CpuConfig.defaults().withCount(vcpus));
        machine.program("880b 0f05");
        return machine;
    }

    private static long target(TestMachine machine, long flags) {
        long pfn = machine.map(TARGET, flags);
        machine.code(TARGET, RETURN_1);
        return pfn;
    }

    private static long runTarget(TestMachine machine, int vcpu) {
        machine.state.set(Register.RIP, TARGET);
        assertEquals(
                VcpuExit.Syscall.SYSCALL, machine.cpus.get(vcpu).run(machine.state, machine.root));
        return machine.get(Register.RAX);
    }

    private static void store(TestMachine machine, int vcpu, long vaddr, int value) {
        machine.state.set(Register.RBX, vaddr);
        machine.state.set(Register.RCX, value);
        machine.state.set(Register.RIP, STORE_BYTE);
        assertEquals(
                VcpuExit.Syscall.SYSCALL, machine.cpus.get(vcpu).run(machine.state, machine.root));
    }

    private static void protect(TestMachine machine, long flags) {
        long entry = machine.tables.findEntry(machine.root, TARGET, Level.PTE);
        machine.tables.write(entry, Pte.make(Pte.pfn(machine.tables.read(entry)), flags));
        machine.cpus.flushAddressSpace(machine.root);
    }

    @Test
    void codeWrittenWhileWritableAndThenMadeExecutableAgain() {
        try (TestMachine machine = machine(1)) {
            target(machine, TestMachine.RX);
            assertEquals(1, runTarget(machine, 0));
            protect(machine, TestMachine.RW);
            store(machine, 0, TARGET + 2048, 99);
            store(machine, 0, TARGET + 1, 2);
            protect(machine, TestMachine.RX);

            assertEquals(2, runTarget(machine, 0));
        }
    }

    @Test
    void codeWrittenAfterAnotherStoreToItsPage() {
        try (TestMachine machine = machine(1)) {
            target(machine, TestMachine.RWX);
            for (int i = 1; i < 20; i++) {
                store(machine, 0, TARGET + 2048, 99);
                store(machine, 0, TARGET + 1, i);
                assertEquals(i, runTarget(machine, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyStoreThroughAWritableAliasCounts(int vcpus) {
        try (TestMachine machine = machine(vcpus)) {
            long pfn = target(machine, TestMachine.RX);
            machine.mapFrame(machine.root, ALIAS, pfn, TestMachine.RW);
            for (int value = 11; value < 20; value++) {
                store(machine, 0, ALIAS + 1, value);
                for (int vcpu = 0; vcpu < vcpus; vcpu++) {
                    assertEquals(value, runTarget(machine, vcpu));
                }
                store(machine, vcpus - 1, ALIAS + 1, value + 100);
                for (int vcpu = 0; vcpu < vcpus; vcpu++) {
                    assertEquals(value + 100, runTarget(machine, vcpu));
                }
            }
        }
    }

    @Test
    void codeThatChangesItsOwnBlock() {
        try (TestMachine machine = machine(1)) {
            machine.map(TARGET, TestMachine.RWX);
            // mov byte [rip+1], 7; mov eax, 1; syscall
            machine.code(TARGET, "c6050100000007 b801000000 0f05");

            assertEquals(7, runTarget(machine, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void hostWriteIsSeenByAllVcpus(int vcpus) {
        try (TestMachine machine = machine(vcpus)) {
            target(machine, TestMachine.RX);
            for (int value = 1; value < 5; value++) {
                machine.code(TARGET + 1, "0" + value);
                for (int vcpu = 0; vcpu < vcpus; vcpu++) {
                    assertEquals(value, runTarget(machine, vcpu));
                }
            }
        }
    }

    @Test
    void frameOfOldCodeRunsNewCodeWhenReused() {
        try (TestMachine machine = machine(1)) {
            long pfn = target(machine, TestMachine.RX);
            assertEquals(1, runTarget(machine, 0));
            machine.unmap(TARGET);
            machine.cpus.flushAddressSpace(machine.root);
            machine.allocator.put(pfn);

            assertEquals(pfn, machine.map(TARGET, TestMachine.RX));
            machine.code(TARGET, "b805000000 0f05");
            assertEquals(5, runTarget(machine, 0));
        }
    }

    @Test
    void codeCopiedOnWriteLeavesTheOldFrameAlone() {
        try (TestMachine machine = machine(1)) {
            long old = target(machine, TestMachine.RX);
            assertEquals(1, runTarget(machine, 0));
            machine.handler =
                    (vaddr, _) -> {
                        long fresh = machine.map(vaddr, TestMachine.RWX);
                        machine.frames.noteHostWrite(fresh);
                        machine.memory.copyFrame(old, fresh);
                        machine.cpus.flushAddressSpace(machine.root);
                        return FaultOutcome.RESOLVED;
                    };
            store(machine, 0, TARGET + 1, 3);

            assertEquals(3, runTarget(machine, 0));
            assertEquals(1, machine.memory.readByte((old << 12) + 1));
        }
    }

    @Test
    void noFrameIsEverBothWritableAndExecuted() {
        try (TestMachine machine = machine(2)) {
            long pfn = target(machine, TestMachine.RWX);
            int both = FrameTable.EXECUTED | FrameTable.WRITE_GRANTED;
            for (int i = 0; i < 10; i++) {
                runTarget(machine, i % 2);
                assertEquals(FrameTable.EXECUTED, machine.frames.flags(pfn) & both);
                store(machine, (i / 2) % 2, TARGET + 1, i);
                assertEquals(FrameTable.WRITE_GRANTED, machine.frames.flags(pfn) & both);
            }
        }
    }

    @Test
    void physicalMemoryStaysOutOfReachAfterCodeWasDropped() {
        try (TestMachine machine = machine(1)) {
            long pfn = target(machine, TestMachine.RX);
            runTarget(machine, 0);
            machine.code(TARGET + 1, "09");
            machine.code(STORE_BYTE, "8a03 0f05");
            long window = 0xffff_8000_0000_0000L + (pfn << 12);
            machine.state.set(Register.RBX, window);

            assertEquals(new VcpuExit.PageFault(window, 0x4), machine.runAt(STORE_BYTE));
            assertEquals(new VcpuExit.PageFault(window, 0x14), machine.runAt(window));
        }
    }

    /// Two vCPUs, a page of code under its own address and an alias, rights that change, writes by
    /// guest and host in any order.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void inAnyOrderOfWritesWhatRunsIsWhatStandsInMemory(long seed) {
        Random random = new Random(seed);
        try (TestMachine machine = machine(2)) {
            long pfn = target(machine, TestMachine.RWX);
            machine.mapFrame(machine.root, ALIAS, pfn, TestMachine.RW);
            boolean writable = true;
            for (int step = 0; step < 3000; step++) {
                int vcpu = random.nextInt(2);
                int value = random.nextInt(256);
                switch (random.nextInt(7)) {
                    case 0 -> machine.code(TARGET + 1, String.format("%02x", value));
                    case 1 -> store(machine, vcpu, ALIAS + 1, value);
                    case 2 -> store(machine, vcpu, ALIAS + 0x800, value);
                    case 3 -> {
                        writable = random.nextBoolean();
                        protect(machine, writable ? TestMachine.RWX : TestMachine.RX);
                    }
                    case 4 -> {
                        if (writable) {
                            store(machine, vcpu, TARGET + 1, value);
                        }
                    }
                    default -> {}
                }
                int expected = machine.memory.readByte((pfn << 12) + 1) & 0xff;
                assertEquals(
                        expected,
                        runTarget(machine, random.nextInt(2)),
                        "seed " + seed + ", step " + step);
            }
        }
    }
}
