package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mshareemu.emulator.kernel.mm.MmFixture.FIXED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;
import static org.mshareemu.emulator.kernel.mm.MmFixture.SHARED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.areas;
import static org.mshareemu.emulator.kernel.mm.MmFixture.errnoOf;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;

import java.util.List;

/// What a child gets, and what a fork that fails leaves.
class ForkTest {
    private static final long BASE = 0x1_0000_0000L;
    private static final long PAGE = 4096;

    @Test
    void childGetsAreasAsAdvised() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, 3 * PAGE, RW, FIXED);
            for (int i = 0; i < 3; i++) {
                parent.memory().writeInt(BASE + i * PAGE, 10 + i);
            }
            parent.madvise(BASE + PAGE, PAGE, Mman.MADV_DONTFORK);
            parent.madvise(BASE + 2 * PAGE, PAGE, Mman.MADV_WIPEONFORK);
            Mm child = parent.fork();
            assertEquals(List.of("0-1 rw-p", "2-3 rw-p"), areas(child, BASE));
            assertEquals(10, child.memory().readInt(BASE));
            assertEquals("EFAULT", errnoOf(() -> child.memory().readInt(BASE + PAGE)));
            assertEquals(0, child.memory().readInt(BASE + 2 * PAGE));
            assertEquals(2, child.totalPages());
        }
    }

    @Test
    void onlyPrivatePagesAreCopiedIntoTheChildsTables() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, 4 * PAGE, RW, FIXED);
            machine.mmap(parent, BASE + (1L << 30), 4 * PAGE, RW, SHARED | Mman.MAP_FIXED);
            parent.memory().writeInt(BASE, 1);
            parent.memory().writeInt(BASE + (1L << 30), 1);
            Mm child = parent.fork();
            assertEquals(1, child.counters().residentAnon());
            assertEquals(0, child.counters().residentShmem());
            assertEquals(3, child.tableFrames());
        }
    }

    @Test
    void lockedMemoryIsNotLockedInTheChild() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, 4 * PAGE, RW, FIXED | Mman.MAP_LOCKED);
            Mm child = parent.fork();
            assertEquals(4, parent.counters().locked());
            assertEquals(0, child.counters().locked());
        }
    }

    @Test
    void failureAnywhereLeavesTheParentAsItWas() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            for (int i = 0; i < 5; i++) {
                long start = BASE + ((long) i << 30);
                machine.mmap(parent, start, 2 * PAGE, RW, FIXED);
                parent.memory().writeInt(start, 100 + i);
            }
            long framesBefore = machine.allocator.usedFrames();
            int failures = 0;
            while (true) {
                machine.allocator.failAfter(failures + 1);
                Mm child;
                try {
                    child = parent.fork();
                } catch (ErrnoException e) {
                    failures++;
                    machine.check();
                    assertEquals(framesBefore, machine.allocator.usedFrames());
                    continue;
                }
                machine.allocator.failAfter(0);
                child.release();
                break;
            }
            assertEquals(1 + 1 + 5 * 2, failures); // root, PUD table, PMD and PTE tables
            for (int i = 0; i < 5; i++) {
                assertEquals(100 + i, parent.memory().readInt(BASE + ((long) i << 30)));
            }
        }
    }

    @Test
    void parentIsFlushedOnceAndWriteProtected() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm parent = machine.newMm();
            machine.mmap(parent, BASE, 64 * PAGE, RW, FIXED);
            for (int i = 0; i < 64; i++) {
                parent.memory().writeInt(BASE + i * PAGE, i);
                machine.tlb.used(parent.root(), BASE + i * PAGE);
            }
            machine.tlb.flushes = 0;
            parent.fork();
            assertEquals(1, machine.tlb.flushes);
            machine.check();
        }
    }
}
