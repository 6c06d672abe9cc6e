package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mshareemu.emulator.kernel.mm.MmFixture.FIXED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.PRIVATE;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;
import static org.mshareemu.emulator.kernel.mm.MmFixture.SHARED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.areas;
import static org.mshareemu.emulator.kernel.mm.MmFixture.errnoOf;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;

import java.util.List;

/// Where mappings land, what they merge with, and what is refused in which order.
class MmapTest {
    private static final long BASE = 0x1_0000_0000L;
    private static final long PAGE = 4096;

    @Test
    void topDownPlacementStacksMappingsDownwardsAndMergesThem() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            long first = machine.mmap(mm, 0, 3 * PAGE, RW, PRIVATE);
            long second = machine.mmap(mm, 0, 2 * PAGE, RW, PRIVATE);
            assertEquals(mm.mmapBase() - 3 * PAGE, first);
            assertEquals(first - 2 * PAGE, second);
            assertEquals(List.of("0-5 rw-p"), areas(mm, second));
        }
    }

    @Test
    void wholeHugePagesWithoutHintAreAligned() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, 0, PAGE, RW, PRIVATE);
            long huge = machine.mmap(mm, 0, 4L << 20, RW, PRIVATE);
            assertEquals(0, huge & (2 << 20) - 1);
        }
    }

    @Test
    void hintIsTakenIfFreeAndGapBelowAStackIsNot() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            assertEquals(BASE, machine.mmap(mm, BASE + 5, PAGE, RW, PRIVATE));
            long stack = BASE + (1L << 30);
            machine.mmap(mm, stack, PAGE, RW, FIXED | Mman.MAP_GROWSDOWN);
            long inGap = stack - 100 * PAGE;
            assertEquals(mm.mmapBase() - PAGE, machine.mmap(mm, inGap, PAGE, RW, PRIVATE));
            assertEquals(inGap, machine.mmap(mm, inGap, PAGE, RW, FIXED));
        }
    }

    @Test
    void lowMemoryFlagStaysInTheSecondGibibyte() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            assertEquals(0x4000_0000L, machine.mmap(mm, 0, PAGE, RW, PRIVATE | Mman.MAP_32BIT));
        }
    }

    @Test
    void neighboursMergeOnlyWithEqualRightsAndBacking() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            machine.mmap(mm, BASE + 2 * PAGE, PAGE, RW, FIXED);
            machine.mmap(mm, BASE + PAGE, PAGE, Mman.PROT_READ, FIXED);
            assertEquals(List.of("0-1 rw-p", "1-2 r--p", "2-3 rw-p"), areas(mm, BASE));
            machine.mmap(mm, BASE + PAGE, PAGE, RW, FIXED);
            assertEquals(List.of("0-3 rw-p"), areas(mm, BASE));
            machine.mmap(mm, BASE + 3 * PAGE, PAGE, RW, SHARED | Mman.MAP_FIXED);
            machine.mmap(mm, BASE + 4 * PAGE, PAGE, RW, SHARED | Mman.MAP_FIXED);
            assertEquals(List.of("0-3 rw-p", "3-4 rw-s", "4-5 rw-s"), areas(mm, BASE));
        }
    }

    @Test
    void filePiecesMergeIfTheirOffsetsContinue() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, 16 * PAGE);
            int flags = Mman.MAP_SHARED | Mman.MAP_FIXED;
            machine.mmapFile(mm, BASE, 2 * PAGE, RW, flags, file, 4);
            machine.mmapFile(mm, BASE + 2 * PAGE, PAGE, RW, flags, file, 6);
            machine.mmapFile(mm, BASE + 3 * PAGE, PAGE, RW, flags, file, 6);
            assertEquals(List.of("0-3 rw-s", "3-4 rw-s"), areas(mm, BASE));
            assertEquals(3, file.references);
            mm.munmap(BASE, 4 * PAGE);
            assertEquals(1, file.references);
            file.release();
        }
    }

    @Test
    void noReplaceRefusesWhatIsThere() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            int flags = PRIVATE | Mman.MAP_FIXED_NOREPLACE;
            machine.mmap(mm, BASE, 2 * PAGE, RW, flags);
            assertEquals("EEXIST", errnoOf(() -> machine.mmap(mm, BASE + PAGE, PAGE, RW, flags)));
            assertEquals(List.of("0-2 rw-p"), areas(mm, BASE));
        }
    }

    @Test
    void fileErrorsComeInLinuxOrder() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, PAGE);
            file.isWritable = false;
            assertEquals("EACCES", mapError(machine, mm, RW, Mman.MAP_SHARED, file));
            assertEquals("ok", mapError(machine, mm, RW, Mman.MAP_PRIVATE, file));
            assertEquals("EINVAL", mapError(machine, mm, RW, 0, file));
            file.isNoExec = true;
            assertEquals("EPERM", mapError(machine, mm, Mman.PROT_EXEC, Mman.MAP_PRIVATE, file));
            file.isMappable = false;
            assertEquals("EPERM", mapError(machine, mm, Mman.PROT_EXEC, Mman.MAP_PRIVATE, file));
            assertEquals("ENODEV", mapError(machine, mm, RW, Mman.MAP_PRIVATE, file));
            file.isReadable = false;
            assertEquals("EACCES", mapError(machine, mm, RW, Mman.MAP_PRIVATE, file));
            mm.munmap(0, mm.taskSize());
            file.release();
        }
    }

    private static String mapError(MmFixture machine, Mm mm, int prot, int flags, TestFile file) {
        return errnoOf(() -> machine.mmapFile(mm, 0, PAGE, prot, flags, file, 0));
    }

    @Test
    void sealedFileCannotBecomeWritable() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            TestFile file = new TestFile(machine, PAGE);
            file.isSealed = true;
            assertEquals("EPERM", mapError(machine, mm, RW, Mman.MAP_SHARED, file));
            long vaddr = machine.mmapFile(mm, 0, PAGE, Mman.PROT_READ, Mman.MAP_SHARED, file, 0);
            assertEquals("EACCES", errnoOf(() -> mm.mprotect(vaddr, PAGE, RW)));
            mm.munmap(vaddr, PAGE);
            file.release();
        }
    }

    @Test
    void obviousOvercommitIsRefusedUnlessNotReserved() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            long tooMuch = 1L << 40;
            assertEquals("ENOMEM", errnoOf(() -> machine.mmap(mm, 0, tooMuch, RW, PRIVATE)));
            assertEquals("ENOMEM", errnoOf(() -> machine.mmap(mm, 0, tooMuch, RW, SHARED)));
            assertEquals("ok", errnoOf(() -> machine.mmap(mm, 0, tooMuch, 0, PRIVATE)));
            assertEquals(
                    "ok",
                    errnoOf(() -> machine.mmap(mm, 0, tooMuch, RW, PRIVATE | Mman.MAP_NORESERVE)));
            assertEquals(0, machine.context.commit().committedPages());
        }
    }

    @Test
    void limitsOfAddressSpaceDataAndLockedMemoryApply() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            machine.credentials = Credentials.user(1000, 1000, List.of());
            Mm mm = machine.newMm();
            machine.limits.set(ResourceLimits.RLIMIT_AS, 16 * PAGE, 16 * PAGE);
            machine.mmap(mm, BASE, 8 * PAGE, RW, FIXED);
            assertEquals("ENOMEM", errnoOf(() -> machine.mmap(mm, 0, 9 * PAGE, RW, PRIVATE)));
            assertEquals("ok", errnoOf(() -> machine.mmap(mm, BASE, 16 * PAGE, RW, FIXED)));
            machine.limits.set(ResourceLimits.RLIMIT_AS, -1, -1);
            machine.limits.set(ResourceLimits.RLIMIT_DATA, 16 * PAGE, 16 * PAGE);
            assertEquals("ENOMEM", errnoOf(() -> machine.mmap(mm, 0, PAGE, RW, PRIVATE)));
            assertEquals("ok", errnoOf(() -> machine.mmap(mm, 0, PAGE, 1, PRIVATE)));
            machine.limits.set(ResourceLimits.RLIMIT_MEMLOCK, 2 * PAGE, 2 * PAGE);
            int locked = PRIVATE | Mman.MAP_LOCKED;
            assertEquals("EAGAIN", errnoOf(() -> machine.mmap(mm, 0, 3 * PAGE, 1, locked)));
            assertEquals("ENOMEM", errnoOf(() -> mm.mlock(BASE, 3 * PAGE, 0)));
            assertEquals("ok", errnoOf(() -> mm.mlock(BASE, 2 * PAGE, 0)));
            machine.limits.set(ResourceLimits.RLIMIT_MEMLOCK, 0, 0);
            assertEquals("EPERM", errnoOf(() -> mm.mlock(BASE, PAGE, 0)));
        }
    }

    @Test
    void lowestAddressesAreForThePrivileged() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            machine.credentials = Credentials.user(1000, 1000, List.of());
            Mm mm = machine.newMm();
            assertEquals("EPERM", errnoOf(() -> machine.mmap(mm, 0, PAGE, RW, FIXED)));
            assertEquals(65536, machine.mmap(mm, 4096, PAGE, RW, PRIVATE));
            machine.credentials = Credentials.ROOT;
            assertEquals(0, machine.mmap(mm, 0, PAGE, RW, FIXED));
        }
    }

    @Test
    void areaLimitHoldsForSplitsAndMappings() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            machine.context.setMaxMapCount(3);
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 9 * PAGE, RW, FIXED);
            mm.mprotect(BASE + PAGE, PAGE, Mman.PROT_READ);
            assertEquals(
                    "ENOMEM", errnoOf(() -> mm.mprotect(BASE + 5 * PAGE, PAGE, Mman.PROT_READ)));
            assertEquals("ENOMEM", errnoOf(() -> mm.munmap(BASE + 5 * PAGE, PAGE)));
            assertEquals("ok", errnoOf(() -> mm.munmap(BASE + 8 * PAGE, PAGE)));
            assertEquals(List.of("0-1 rw-p", "1-2 r--p", "2-8 rw-p"), areas(mm, BASE));
        }
    }

    @Test
    void brkMovesWithinItsLimitsOnly() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            ProgramLayout layout = new ProgramLayout(0, 0, 0, 0, BASE, 0, 0, 0, 0, 0);
            mm.setProgram(layout, null);
            assertEquals(BASE, mm.moveBrk(0));
            assertEquals(BASE + 5000, mm.moveBrk(BASE + 5000));
            assertEquals(List.of("0-2 rw-p"), areas(mm, BASE));
            assertEquals(BASE + 1, mm.moveBrk(BASE + 1));
            assertEquals(List.of("0-1 rw-p"), areas(mm, BASE));
            machine.mmap(mm, BASE + 8 * PAGE, PAGE, RW, FIXED);
            assertEquals(BASE + 1, mm.moveBrk(BASE + 8 * PAGE));
            assertEquals(BASE + 7 * PAGE, mm.moveBrk(BASE + 7 * PAGE));
            machine.limits.set(ResourceLimits.RLIMIT_DATA, PAGE, PAGE);
            assertEquals(BASE + 7 * PAGE, mm.moveBrk(BASE + 7 * PAGE + 1));
        }
    }
}
