package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_IO;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKONFAULT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_PFNMAP;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.WalkResult;

/// Brings pages in before they are used.
///
/// Linux: __mm_populate(), populate_vma_page_range(), faultin_page_range()
final class Populator {
    private final Mm mm;

    Populator(Mm mm) {
        this.mm = mm;
    }

    /// What an area that cannot be brought in does to the rest.
    enum OnError {
        IGNORE,
        STOP
    }

    /// What MAP_POPULATE and MAP_LOCKED ask for; failure is not the mapping's.
    void afterMmap(MmapRequest request, long vaddr) throws ErrnoException {
        int flags = request.flags();
        boolean isAsked =
                (flags & (Mman.MAP_POPULATE | Mman.MAP_NONBLOCK)) == Mman.MAP_POPULATE
                        || (flags & Mman.MAP_LOCKED) != 0
                        || (mm.defaultFlags() & VM_LOCKED) != 0;
        if (isAsked) {
            populate(vaddr, vaddr + (request.lengthBytes() + 4095 & -4096), OnError.IGNORE);
        }
    }

    /// Brings in what areas of the range allow; holes are skipped. Linux: __mm_populate()
    ///
    /// @throws ErrnoException EFAULT, ENOMEM unless ignored
    void populate(long start, long end, OnError onError) throws ErrnoException {
        long at = start;
        while (at < end) {
            VmArea area = mm.tree().firstIn(at, end);
            if (area == null) {
                return;
            }
            long from = Math.max(at, area.start());
            at = Math.min(end, area.end());
            if ((area.flags() & (VM_IO | VM_PFNMAP)) != 0 || area.has(VM_LOCKONFAULT)) {
                continue;
            }
            // Private memory is copied now, so that no write has to fault later.
            boolean isWrite = (area.flags() & (VM_WRITE | VM_SHARED)) == VM_WRITE;
            try {
                bringIn(area, from, at, isWrite);
            } catch (ErrnoException e) {
                if (onError == OnError.STOP) {
                    throw e;
                }
            }
        }
    }

    /// Brings pages of one area in.
    ///
    /// @throws ErrnoException EFAULT where no page can be had, ENOMEM
    void bringIn(VmArea area, long start, long end, boolean isWrite) throws ErrnoException {
        if ((area.flags() & VM_ACCESS_FLAGS) == 0 || (isWrite && !area.has(VM_WRITE))) {
            throw Errno.EFAULT.exception();
        }
        int access = PageFaultError.USER | (isWrite ? PageFaultError.WRITE : 0);
        for (long page = start; page < end; page += 4096) {
            while (!WalkResult.isTranslated(mm.context().walker().peek(mm.root(), page, access))) {
                FaultResult result = mm.faultHandler().bringIn(area, page, access);
                if (result.isSignal()) {
                    throw result.signo() == FaultResult.SIGKILL
                            ? Errno.ENOMEM.exception()
                            : Errno.EFAULT.exception();
                }
                if (result.cost() == FaultResult.Cost.MINOR) {
                    mm.countKernelFault();
                }
            }
        }
    }
}
