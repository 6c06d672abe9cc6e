package org.mshareemu.mshare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mshareemu.mshare.RegionFixture.READ;
import static org.mshareemu.mshare.RegionFixture.SLOT;
import static org.mshareemu.mshare.RegionFixture.WRITE;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;

import java.util.List;

/// Windows over real page tables: who faults how often, what is shared, what stays.
class MshareWindowTest {
    private static final int RW = Mman.PROT_READ | Mman.PROT_WRITE;
    private static final long PAGE = 4096;

    private RegionFixture fixture;

    @BeforeEach
    void open() throws ErrnoException {
        fixture = new RegionFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void firstToucherPopulatesThenLinksAndTheSecondOnlyLinks() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, 16 * PAGE, RW);
        Mm first = fixture.process();
        Mm second = fixture.process();
        long at1 = fixture.attach(first, 4 * SLOT);
        long at2 = fixture.attach(second, 9 * SLOT);

        assertEquals(2, fixture.touch(first, at1, WRITE).size());
        assertEquals(List.of("link mshare"), fixture.touch(second, at2, WRITE));
        assertEquals(1, fixture.touch(second, at2 + PAGE, WRITE).size());
        assertEquals(List.of(), fixture.touch(first, at1 + PAGE, WRITE));

        assertEquals(sharedPud(first, at1), sharedPud(second, at2));
        assertEquals(2, fixture.frames.shareCount(sharedPud(first, at1)));
        fixture.closeWith(first, second);
    }

    @Test
    void attachedProcessesNeedNoTablesOfTheirOwn() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, 1 << 20, RW);
        Mm[] processes = new Mm[20];
        for (int i = 0; i < processes.length; i++) {
            processes[i] = fixture.process();
            long window = fixture.attach(processes[i], (2 + i) * SLOT);
            for (long offset = 0; offset < 1 << 20; offset += PAGE) {
                fixture.touch(processes[i], window + offset, READ);
            }
            assertEquals(0, processes[i].tableFrames(), "nothing but the root");
        }
        // One PUD, one PMD and one PTE table; roots are not counted.
        assertEquals(3, fixture.region.host().tableFrames());
        fixture.closeWith(processes);
    }

    @Test
    void holeIsMapErrAfterLinkingAndForbiddenAccessIsAccErr() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, PAGE, Mman.PROT_READ);
        Mm process = fixture.process();
        long window = fixture.attach(process, 4 * SLOT);

        assertEquals(List.of("SIGSEGV MAPERR"), fixture.touch(process, window + 8 * PAGE, READ));
        fixture.touch(process, window, READ);
        assertEquals(List.of("SIGSEGV MAPERR"), fixture.touch(process, window + 8 * PAGE, READ));
        assertEquals(List.of("SIGSEGV ACCERR"), fixture.touch(process, window, WRITE));
        fixture.closeWith(process);
    }

    @Test
    void childOfForkStartsUnlinkedAndLinksAtItsFirstTouch() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, PAGE, RW);
        Mm parent = fixture.process();
        long window = fixture.attach(parent, 4 * SLOT);
        fixture.touch(parent, window, WRITE);

        Mm child = parent.fork();
        assertEquals(1, fixture.frames.shareCount(sharedPud(parent, window)));
        assertEquals(List.of("link mshare"), fixture.touch(child, window, WRITE));
        assertEquals(2, fixture.frames.shareCount(sharedPud(parent, window)));
        fixture.closeWith(parent, child);
    }

    @Test
    void unmappedWindowLeavesThePagesToTheOthers() throws ErrnoException {
        fixture.region.setSize(2 * SLOT);
        fixture.createObject(SLOT, PAGE, RW);
        Mm first = fixture.process();
        Mm second = fixture.process();
        long at1 = fixture.attach(first, 4 * SLOT);
        long at2 = fixture.attach(second, 9 * SLOT);
        fixture.touch(first, at1 + SLOT, WRITE);
        fixture.touch(second, at2 + SLOT, WRITE);
        long pud = sharedPud(second, at2 + SLOT);

        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> first.munmap(at1, SLOT)).errno());
        assertEquals(2, fixture.frames.shareCount(pud));
        first.munmap(at1, 2 * SLOT);

        assertEquals(1, fixture.frames.shareCount(pud));
        assertEquals(List.of(), fixture.touch(second, at2 + SLOT, WRITE));
        assertEquals(List.of("SIGSEGV MAPERR"), fixture.touch(first, at1 + SLOT, READ));
        fixture.closeWith(first, second);
    }

    @Test
    void tableWithLinksOutlivesItsLastObjectAndServesTheNext() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, PAGE, RW);
        Mm process = fixture.process();
        long window = fixture.attach(process, 4 * SLOT);
        fixture.touch(process, window, WRITE);
        long pud = sharedPud(process, window);

        fixture.flushes.clear();
        fixture.region.host().munmap(MshareAbi.HOST_BASE, PAGE);
        assertEquals(List.of("all"), fixture.flushes, "every CPU, before the frame is free");
        assertEquals(pud, sharedPud(process, window));
        assertEquals(1, fixture.region.host().tableFrames(), "the linked PUD table");
        assertEquals(List.of("SIGSEGV MAPERR"), fixture.touch(process, window, READ));

        fixture.createObject(0, PAGE, RW);
        assertEquals(1, fixture.touch(process, window, WRITE).size(), "no second link");
        assertEquals(pud, sharedPud(process, window));
        fixture.closeWith(process);
    }

    @Test
    void windowCanBeNeitherProtectedNorMovedNorCut() throws ErrnoException {
        fixture.region.setSize(SLOT);
        Mm process = fixture.process();
        long window = fixture.attach(process, 4 * SLOT);

        assertEquals(
                Errno.EINVAL,
                assertThrows(
                                ErrnoException.class,
                                () -> process.mprotect(window, SLOT, Mman.PROT_READ))
                        .errno());
        assertEquals(
                Errno.EINVAL,
                assertThrows(
                                ErrnoException.class,
                                () ->
                                        process.mremap(
                                                window,
                                                SLOT,
                                                SLOT,
                                                Mman.MREMAP_MAYMOVE | Mman.MREMAP_FIXED,
                                                7 * SLOT))
                        .errno());
        assertEquals(
                Errno.EFAULT,
                assertThrows(
                                ErrnoException.class,
                                () ->
                                        process.mremap(
                                                window, SLOT, 2 * SLOT, Mman.MREMAP_MAYMOVE, 0))
                        .errno());
        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> process.munmap(window + PAGE, PAGE))
                        .errno());
        fixture.closeWith(process);
    }

    @Test
    void dontNeedUnlinksTheSlotAndLosesNothing() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, 2 * PAGE, RW);
        Mm process = fixture.process();
        long window = fixture.attach(process, 4 * SLOT);
        fixture.touch(process, window, WRITE);
        long pud = sharedPud(process, window);
        process.memory().writeLong(window, 42);

        process.madvise(window + PAGE, PAGE, Mman.MADV_DONTNEED);
        assertEquals(0, fixture.frames.shareCount(pud));
        assertEquals(List.of("link mshare"), fixture.touch(process, window, READ));
        assertEquals(42, process.memory().readLong(window));
        fixture.closeWith(process);
    }

    @Test
    void ownersExitEmptiesTheRegionForEverybody() throws ErrnoException {
        fixture.region.setSize(SLOT);
        fixture.createObject(0, PAGE, RW);
        Mm process = fixture.process();
        long window = fixture.attach(process, 4 * SLOT);
        fixture.touch(process, window, WRITE);

        fixture.owners.exiting(fixture.owner);
        assertEquals(List.of("SIGSEGV MAPERR"), fixture.touch(process, window, READ));
        assertEquals(
                Errno.EINVAL,
                assertThrows(ErrnoException.class, () -> fixture.attach(process, 7 * SLOT))
                        .errno());
        fixture.closeWith(process);
    }

    @Test
    void unsizedRegionOnlyLogsAtItsOwnersExit() {
        fixture.owners.exiting(fixture.owner);
        assertEquals(1, fixture.log.size());
        fixture.closeWith();
    }

    private long sharedPud(Mm process, long window) {
        long entryPaddr = fixture.tables.findEntry(process.root(), window, Level.PGD);
        assertNotEquals(-1, entryPaddr);
        long entry = fixture.tables.read(entryPaddr);
        assertEquals(true, Pte.isPresent(entry), "top-level entry is present");
        return Pte.pfn(entry);
    }
}
