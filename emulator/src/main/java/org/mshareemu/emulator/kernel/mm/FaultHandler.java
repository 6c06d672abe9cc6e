package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_GROWSDOWN;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.memmap.FaultTarget;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;

/// From a page fault to a page, or to a signal.
///
/// Linux: do_user_addr_fault() and handle_mm_fault()
///
/// Held in Linux: mmap_lock for reading (or the area's lock). Here the whole fault is one step.
final class FaultHandler {
    private final Mm mm;
    private final PageTables tables;
    private final PageInstaller installer;
    private final StackGrowth stackGrowth;
    private final FaultResult result = new FaultResult();

    FaultHandler(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
        this.installer = new PageInstaller(mm);
        this.stackGrowth = new StackGrowth(mm);
    }

    /// A fault as the hardware reports it, of user code or of a copy on its behalf.
    ///
    /// @param errorCode bits of [PageFaultError]
    FaultResult handle(long vaddr, int errorCode) {
        result.begin(vaddr);
        if (vaddr < 0 || vaddr >= mm.taskSize()) {
            return result.segvMapErr();
        }
        VmArea area = mm.findAreaFrom(vaddr);
        boolean hasGrown = false;
        if (area != null && area.start() > vaddr) {
            hasGrown = area.has(VM_GROWSDOWN) && stackGrowth.expand(area, vaddr);
            area = hasGrown ? area : null;
        }
        if (area == null) {
            return result.segvMapErr();
        }
        result.setArea(area);
        if (area.has(VM_MSHARE)) {
            return handleWindow(area, vaddr, errorCode);
        }
        if (isAccessError(area, errorCode)) {
            return result.segvAccErr();
        }
        handleInArea(area, vaddr, errorCode, result);
        if (hasGrown && !result.isSignal()) {
            result.resolved(result.cost(), "grow stack");
        }
        return result;
    }

    /// A fault that the kernel itself causes to bring a page in, for an area that allows the
    /// access. A window is refused, as its pages are not this address space's to bring in.
    ///
    /// Linux: faultin_page(), handle_mm_fault()
    FaultResult bringIn(VmArea area, long vaddr, int errorCode) {
        result.begin(vaddr);
        result.setArea(area);
        if (area.has(VM_MSHARE)) {
            return result.busAdrErr();
        }
        handleInArea(area, vaddr, errorCode, result);
        return result;
    }

    /// A fault in a window onto another address space. Linux: find_shared_vma(), mshare patch 14
    private FaultResult handleWindow(VmArea window, long vaddr, int errorCode) {
        return switch (window.operations().redirect(window, vaddr)) {
            case FaultTarget.Linked _ -> result.retry("link mshare");
            case FaultTarget.NoArea _ -> result.segvMapErr();
            case FaultTarget.Here _ -> result.busAdrErr();
            case FaultTarget.Redirect(VmArea hostArea, long hostVaddr) -> {
                result.setArea(hostArea);
                if (isAccessError(hostArea, errorCode)) {
                    yield result.segvAccErr();
                }
                if (!(hostArea.addressSpace() instanceof Mm hostMm)) {
                    throw new KernelBug("fault redirected to a foreign kind of address space");
                }
                hostMm.faultHandler().handleInArea(hostArea, hostVaddr, errorCode, result);
                yield result;
            }
        };
    }

    /// Whether the area's rights forbid the access. Any right makes an area readable on this
    /// processor. Linux: access_error() of arch/x86/mm/fault.c
    private static boolean isAccessError(VmArea area, int errorCode) {
        if ((errorCode & PageFaultError.WRITE) != 0) {
            return !area.has(VM_WRITE);
        }
        return (errorCode & PageFaultError.PRESENT) != 0 || (area.flags() & VM_ACCESS_FLAGS) == 0;
    }

    /// Linux: handle_mm_fault(), handle_pte_fault()
    private void handleInArea(VmArea area, long vaddr, int errorCode, FaultResult out) {
        long page = vaddr & -4096;
        long root = mm.root();
        if (tables.allocEntry(root, page, Level.PMD) == PageTables.NONE) {
            out.outOfMemory();
            return;
        }
        long entryPaddr = tables.findEntry(root, page, Level.PTE);
        long pte = entryPaddr == PageTables.NONE ? 0 : tables.read(entryPaddr);
        boolean isWrite = (errorCode & PageFaultError.WRITE) != 0;
        if (pte == 0) {
            if (area.isAnonymous()) {
                installer.anonymousPage(area, page, isWrite, out);
            } else {
                installer.filePage(area, page, isWrite, out);
            }
        } else if (GuardMarker.isGuard(pte)) {
            out.segvMapErr();
        } else if (!Pte.isPresent(pte)) {
            throw new KernelBug("entry %x at %x of accessible area %s".formatted(pte, page, area));
        } else if (isWrite && !Pte.isWritable(pte)) {
            installer.writeProtectedPage(area, page, entryPaddr, pte, out);
        } else {
            out.resolved(FaultResult.Cost.MINOR, "spurious");
        }
    }
}
