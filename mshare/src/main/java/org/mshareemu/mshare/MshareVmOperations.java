package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.FaultTarget;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmOperations;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.LinkOutcome;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.tlb.TlbBatch;

/// What a window does: faults go to the host, tables are linked and unlinked by whole slots of 512
/// GiB, and the window can be neither cut nor given other rights.
///
/// Linux: msharefs_vm_ops (patches 07, 11, 13)
final class MshareVmOperations implements VmOperations {
    private final MshareRegion region;

    MshareVmOperations(MshareRegion region) {
        this.region = region;
    }

    @Override
    public void maySplit(VmArea window, long vaddr) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void mprotect(VmArea window, long start, long end, long newFlags) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Refused, where the series does not look: moving would take entries out of the shared table.
    @Override
    public void mremap(VmArea window) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Links the slot first; only an access that finds it linked, or the host empty, too, is looked
    /// up among the objects.
    ///
    /// Linux: find_shared_vma() (patch 13)
    @Override
    public FaultTarget redirect(VmArea window, long guestVaddr) {
        AddressSpace host = region.host();
        long hostVaddr = guestVaddr - window.start() + MshareAbi.HOST_BASE;
        AddressSpace guest = window.addressSpace();
        LinkOutcome outcome =
                guest.pageTables()
                        .linkTable(guest.root(), guestVaddr, Level.PGD, host.root(), hostVaddr);
        return switch (outcome) {
            case LINKED -> FaultTarget.LINKED;
            case ALREADY_LINKED, HOST_EMPTY -> {
                VmArea object = host.findArea(hostVaddr);
                yield object == null
                        ? FaultTarget.NO_AREA
                        : new FaultTarget.Redirect(object, hostVaddr);
            }
            case CONFLICT, NO_MEMORY ->
                    throw new KernelBug(
                            "slot of window " + window + " cannot be linked: " + outcome);
        };
    }

    /// Unlinks every slot that the range touches; the objects' pages and entries stay. It steps by
    /// 512 GiB from the start given, as upstream, so a part of a slot takes all of it.
    ///
    /// Linux: msharefs_unmap_page_range() (patch 13)
    @Override
    public Unmapping unmapPageRange(VmArea window, long start, long end, TlbBatch batch) {
        AddressSpace guest = window.addressSpace();
        PageTables tables = guest.pageTables();
        for (long vaddr = start; vaddr < end; vaddr += MshareAbi.MSHARE_ALIGN) {
            if (tables.unlinkTable(guest.root(), vaddr, Level.PGD)) {
                batch.noteDowngrade();
            }
        }
        return Unmapping.DONE;
    }
}
