package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;
import static org.mshareemu.emulator.kernel.mm.MmFixture.SHARED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.errnoOf;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.FaultTarget;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.emulator.kernel.memmap.VmOperations;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.LinkOutcome;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.tlb.TlbBatch;

import java.util.ArrayList;
import java.util.List;

/// A window onto another address space: its tables are linked, its areas decide.
class WindowTest {
    private static final long SLOT = 1L << 39;
    private static final long HOST_BASE = SLOT;

    /// The least that a sharing design needs: a file whose mapping redirects to a host.
    private static final class Region implements Mappable, VmOperations {
        final Mm host;

        Region(Mm host) {
            this.host = host;
        }

        @Override
        public void mapped(VmArea area) {
            area.setFlags(area.flags() | VmFlags.VM_MSHARE | VmFlags.VM_DONTEXPAND);
            area.setOperations(this);
        }

        @Override
        public FaultTarget redirect(VmArea area, long vaddr) {
            long hostVaddr = vaddr - area.start() + HOST_BASE;
            LinkOutcome outcome =
                    host.pageTables()
                            .linkTable(
                                    area.addressSpace().root(),
                                    vaddr,
                                    Level.PGD,
                                    host.root(),
                                    hostVaddr);
            if (outcome == LinkOutcome.LINKED) {
                return FaultTarget.LINKED;
            }
            VmArea hostArea = host.findArea(hostVaddr);
            return hostArea == null
                    ? FaultTarget.NO_AREA
                    : new FaultTarget.Redirect(hostArea, hostVaddr);
        }

        @Override
        public Unmapping unmapPageRange(VmArea area, long start, long end, TlbBatch batch) {
            for (long slot = area.start(); slot < area.end(); slot += SLOT) {
                if (host.pageTables().unlinkTable(area.addressSpace().root(), slot, Level.PGD)) {
                    batch.noteDowngrade();
                }
            }
            return Unmapping.DONE;
        }

        @Override
        public boolean isMappable() {
            return true;
        }

        @Override
        public boolean isOpenForReading() {
            return true;
        }

        @Override
        public boolean isOpenForWriting() {
            return true;
        }

        @Override
        public boolean isNoExec() {
            return false;
        }

        @Override
        public long sizeBytes() {
            return SLOT;
        }

        @Override
        public @Nullable PageCache pageCache() {
            return null;
        }

        @Override
        public void acquire() {}

        @Override
        public void release() {}

        @Override
        public String displayPath() {
            return "/region";
        }

        @Override
        public long inodeNumber() {
            return 1;
        }

        @Override
        public long deviceNumber() {
            return 1;
        }
    }

    private static Mm newHost(MmFixture machine) throws ErrnoException {
        return Mm.create(
                machine.context,
                new MmSetup(
                        "region",
                        HOST_BASE,
                        HOST_BASE,
                        MmSetup.Layout.LEGACY,
                        2 * SLOT,
                        MmSetup.FlushReach.ALL_CPUS));
    }

    private static long attach(MmFixture machine, Mm mm, Region region, long slot)
            throws ErrnoException {
        int flags = Mman.MAP_SHARED | Mman.MAP_FIXED;
        return machine.mmapFile(mm, slot * SLOT, SLOT, Mman.PROT_READ, flags, region, 0);
    }

    private static List<String> write(Mm mm, long vaddr) {
        List<String> actions = new ArrayList<>();
        int code = PageFaultError.USER | PageFaultError.WRITE;
        while (mm.context().walker().walk(mm.root(), vaddr, code) < 0) {
            FaultResult result = mm.handleUserFault(vaddr, code);
            actions.add(result.action());
            if (result.kind() == FaultResult.Kind.SIGNAL) {
                break;
            }
        }
        return actions;
    }

    @Test
    void firstToucherFaultsTwiceAndLaterAttachersLinkOnly() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm host = newHost(machine);
            Region region = new Region(host);
            machine.mmap(host, HOST_BASE, 1 << 20, RW, SHARED | Mman.MAP_FIXED);
            Mm first = machine.newMm();
            Mm second = machine.newMm();
            long here = attach(machine, first, region, 4);
            long there = attach(machine, second, region, 6);
            assertEquals(List.of("file page", "link mshare"), write(first, here));
            assertEquals(List.of("link mshare"), write(second, there));
            assertEquals(List.of(), write(second, there));
            first.memory().writeLong(here + 64, 99);
            assertEquals(99, second.memory().readLong(there + 64));
            assertEquals(0, second.counters().resident());
            assertEquals(0, second.tableFrames());
            assertEquals(1, host.counters().residentShmem());
            machine.check();
            first.release();
            assertEquals(99, second.memory().readLong(there + 64));
            second.munmap(there, SLOT);
            machine.check();
        }
    }

    @Test
    void hostAreaDecidesAboutRightsAndHoles() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm host = newHost(machine);
            Region region = new Region(host);
            machine.mmap(host, HOST_BASE, 4096, Mman.PROT_READ, SHARED | Mman.MAP_FIXED);
            Mm mm = machine.newMm();
            long window = attach(machine, mm, region, 4);
            assertEquals(List.of("SIGSEGV ACCERR"), write(mm, window));
            assertEquals(List.of("SIGSEGV MAPERR"), write(mm, window + 4096));
            assertEquals("EFAULT", errnoOf(() -> mm.memory().writeByte(window, (byte) 1)));
            assertEquals(0, mm.memory().readByte(window));
        }
    }

    @Test
    void hostUnmapReachesAllCpusAndForkLinksLazily() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm host = newHost(machine);
            Region region = new Region(host);
            machine.mmap(host, HOST_BASE, 1 << 20, RW, SHARED | Mman.MAP_FIXED);
            Mm parent = machine.newMm();
            long window = attach(machine, parent, region, 4);
            write(parent, window);
            machine.tlb.used(parent.root(), window);
            Mm child = parent.fork();
            assertEquals(List.of("link mshare"), write(child, window));
            machine.tlb.used(child.root(), window);
            host.munmap(HOST_BASE, 1 << 20);
            machine.check();
            assertEquals(List.of("SIGSEGV MAPERR"), write(child, window));
        }
    }

    @Test
    void windowIsNotPopulatedLockedOrGrown() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm host = newHost(machine);
            Mm mm = machine.newMm();
            long window = attach(machine, mm, new Region(host), 4);
            assertEquals("EFAULT", errnoOf(() -> mm.mremap(window, SLOT, 2 * SLOT, 1, 0)));
            assertEquals("ENOMEM", errnoOf(() -> mm.mlock(window, 4096, 0)));
            assertEquals(0, mm.counters().locked());
        }
    }
}
