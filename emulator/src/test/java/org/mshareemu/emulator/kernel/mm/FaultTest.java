package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.mshareemu.emulator.kernel.mm.MmFixture.FIXED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;
import static org.mshareemu.emulator.kernel.mm.MmFixture.SHARED;
import static org.mshareemu.mmu.paging.PageFaultError.FETCH;
import static org.mshareemu.mmu.paging.PageFaultError.PRESENT;
import static org.mshareemu.mmu.paging.PageFaultError.USER;
import static org.mshareemu.mmu.paging.PageFaultError.WRITE;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.mmu.phys.FailureMode;

/// What each kind of page fault does, or which signal it becomes.
class FaultTest {
    private static final long BASE = 0x1_0000_0000L;
    private static final long PAGE = 4096;

    private static String fault(Mm mm, long vaddr, int code) {
        FaultResult result = mm.handleUserFault(vaddr, USER | code);
        return result.kind() == FaultResult.Kind.SIGNAL
                ? result.signo() + "/" + result.siCode()
                : result.action();
    }

    @Test
    void readMapsTheZeroPageAndWriteReplacesIt() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            assertEquals("zero page", fault(mm, BASE + 7, 0));
            assertEquals(0, mm.counters().resident());
            assertEquals("demand zero", fault(mm, BASE + 7, WRITE | PRESENT));
            assertEquals("demand zero", fault(mm, BASE + PAGE, WRITE));
            assertEquals(2, mm.counters().residentAnon());
        }
    }

    @Test
    void forkedPageIsCopiedOnceAndThenReused() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, PAGE, RW, FIXED);
            parent.memory().writeInt(BASE, 7);
            Mm child = parent.fork();
            assertEquals("cow copy", fault(child, BASE, WRITE | PRESENT));
            child.memory().writeInt(BASE, 8);
            assertEquals("cow reuse", fault(parent, BASE, WRITE | PRESENT));
            assertEquals(7, parent.memory().readInt(BASE));
            assertEquals(8, child.memory().readInt(BASE));
        }
    }

    @Test
    void exclusivePageIsWritableAgainAfterMprotectWithoutAFault() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            mm.memory().writeInt(BASE, 7);
            mm.mprotect(BASE, PAGE, Mman.PROT_READ);
            assertEquals("11/2", fault(mm, BASE, WRITE | PRESENT));
            mm.mprotect(BASE, PAGE, RW);
            mm.takeKernelFaults();
            mm.memory().writeInt(BASE, 9);
            assertEquals(0, mm.takeKernelFaults());
        }
    }

    @Test
    void rightsOfTheAreaDecideBetweenSignals() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, 0, FIXED);
            machine.mmap(mm, BASE + PAGE, PAGE, Mman.PROT_READ, FIXED);
            machine.mmap(mm, BASE + 2 * PAGE, PAGE, Mman.PROT_WRITE, FIXED);
            assertEquals("11/2", fault(mm, BASE, 0));
            assertEquals("11/2", fault(mm, BASE + PAGE, WRITE));
            assertEquals("zero page", fault(mm, BASE + 2 * PAGE, 0));
            assertEquals("zero page", fault(mm, BASE + PAGE, FETCH));
            assertEquals("11/2", fault(mm, BASE + PAGE, FETCH | PRESENT));
            assertEquals("11/1", fault(mm, BASE + 3 * PAGE, 0));
            assertEquals("11/1", fault(mm, mm.taskSize(), 0));
            assertEquals("11/1", fault(mm, Long.MIN_VALUE, 0));
        }
    }

    @Test
    void beyondTheEndOfAFileIsABusError() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, PAGE + 1);
            int flags = Mman.MAP_SHARED | Mman.MAP_FIXED;
            machine.mmapFile(mm, BASE, 4 * PAGE, RW, flags, file, 0);
            assertEquals("file page", fault(mm, BASE + PAGE, WRITE));
            assertEquals("7/2", fault(mm, BASE + 2 * PAGE, 0));
            file.truncate(0);
            assertEquals("7/2", fault(mm, BASE + PAGE, 0));
            assertEquals(0, mm.counters().resident());
            mm.munmap(BASE, 4 * PAGE);
            file.release();
        }
    }

    @Test
    void readFaultMapsFilePagesAroundIt() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, 40 * PAGE);
            for (int index = 0; index < 40; index++) {
                file.pages.findOrCreate(index);
            }
            machine.mmapFile(mm, BASE, 40 * PAGE, RW, Mman.MAP_SHARED | Mman.MAP_FIXED, file, 0);
            fault(mm, BASE + 20 * PAGE, 0);
            assertEquals(16, mm.counters().residentShmem());
            mm.munmap(BASE, 40 * PAGE);
            file.release();
        }
    }

    @Test
    void stackGrowsToItsLimitAndKeepsItsGap() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            long top = BASE + 4096 * PAGE;
            machine.limits.set(ResourceLimits.RLIMIT_STACK, 512 * PAGE, -1);
            machine.mmap(mm, top - 2 * PAGE, 2 * PAGE, RW, FIXED | Mman.MAP_GROWSDOWN);
            assertEquals("grow stack", fault(mm, top - 512 * PAGE, WRITE));
            assertEquals("11/1", fault(mm, top - 513 * PAGE, WRITE));
            machine.limits.set(ResourceLimits.RLIMIT_STACK, -1, -1);
            machine.mmap(mm, top - 1024 * PAGE, PAGE, RW, FIXED);
            assertEquals("grow stack", fault(mm, top - (1023 - 256) * PAGE, WRITE));
            assertEquals("11/1", fault(mm, top - (1024 - 256) * PAGE, WRITE));
        }
    }

    @Test
    void guardMarkersRaiseSegvUntilRemoved() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 4 * PAGE, RW, FIXED);
            mm.madvise(BASE, 2 * PAGE, Mman.MADV_GUARD_INSTALL);
            assertEquals("11/1", fault(mm, BASE + PAGE, 0));
            mm.madvise(BASE, 4 * PAGE, Mman.MADV_DONTNEED);
            assertEquals("11/1", fault(mm, BASE, 0));
            assertEquals("11/1", fault(mm.fork(), BASE, 0));
            mm.madvise(BASE, 4 * PAGE, Mman.MADV_GUARD_REMOVE);
            assertEquals("zero page", fault(mm, BASE, 0));
        }
    }

    @Test
    void exhaustedMemoryKillsAndLeavesNothingBehind() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            // Three levels of tables and the page itself.
            for (int allocation = 1; allocation <= 4; allocation++) {
                Mm mm = machine.newMm();
                machine.mmap(mm, BASE, PAGE, RW, FIXED);
                machine.allocator.failAfter(allocation, FailureMode.FROM_THEN_ON);
                assertEquals("9/0", fault(mm, BASE, WRITE));
                machine.check();
                machine.allocator.failAfter(0);
                assertEquals("demand zero", fault(mm, BASE, WRITE));
            }
        }
    }

    @Test
    void sharedMemoryIsTheSameFrameForParentAndChild() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, PAGE, RW, SHARED | Mman.MAP_FIXED);
            Mm child = parent.fork();
            child.memory().writeLong(BASE + 8, 0x1234);
            assertEquals(0x1234, parent.memory().readLong(BASE + 8));
            assertEquals(1, parent.counters().residentShmem());
        }
    }

    @Test
    void privateFilePageIsCopiedOnWriteOnly() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, PAGE);
            machine.mmapFile(mm, BASE, PAGE, RW, Mman.MAP_PRIVATE | Mman.MAP_FIXED, file, 0);
            assertEquals("file page", fault(mm, BASE, 0));
            assertEquals("cow copy", fault(mm, BASE, WRITE | PRESENT));
            mm.memory().writeInt(BASE, 5);
            long pfn = file.pages.find(0);
            assertNotEquals(5, machine.memory.readInt(pfn << 12));
            assertEquals(1, mm.counters().residentAnon());
            assertEquals(0, mm.counters().residentShmem());
            mm.munmap(BASE, PAGE);
            file.release();
        }
    }
}
