package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mshareemu.emulator.kernel.mm.MmFixture.FIXED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;

import java.util.Objects;

/// The check must find what is planted, or it proves nothing.
class MmCheckTest {
    private static final long BASE = 0x1_0000_0000L;
    private static final long PAGE = 4096;

    private static String finding(MmFixture machine, long entryPaddr, long broken) {
        long right = machine.tables.read(entryPaddr);
        machine.tables.write(entryPaddr, broken);
        String message =
                Objects.toString(assertThrows(KernelBug.class, machine::check).getMessage());
        machine.tables.write(entryPaddr, right);
        machine.check();
        return message.substring(message.lastIndexOf(": ") + 2);
    }

    @Test
    void plantedErrorsAreNamed() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            mm.memory().writeInt(BASE, 1);
            mm.memory().readInt(BASE + PAGE);
            mm.mprotect(BASE, PAGE, Mman.PROT_READ);
            long entry = machine.tables.findEntry(mm.root(), BASE, Level.PTE);
            long pte = machine.tables.read(entry);
            assertEquals("rights beyond the area's", finding(machine, entry, pte | Pte.RW));
            assertEquals("rights beyond the area's", finding(machine, entry, pte & ~Pte.NX));
            assertEquals("counted 0, recorded 1", finding(machine, entry, 0));
            assertEquals("outside all areas", finding(machine, entry + 2 * 8, pte));
            assertEquals(
                    "present or not against the area",
                    finding(machine, entry, Pte.toProtNone(pte)));
            assertEquals(
                    "special, but not the zero page",
                    finding(machine, entry, pte | Pte.SOFT_SPECIAL));
        }
    }

    @Test
    void forgottenFlushIsFelt() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            mm.memory().writeInt(BASE, 1);
            machine.tlb.used(mm.root(), BASE);
            long entry = machine.tables.findEntry(mm.root(), BASE, Level.PTE);
            long pte = machine.tables.read(entry);
            machine.tables.write(entry, Pte.withoutWrite(pte));
            assertThrows(AssertionError.class, machine::check);
            machine.tables.write(entry, pte);
        }
    }
}
