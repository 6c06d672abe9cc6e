package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_EXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Pte;

/// From rights of areas to bits of entries.
///
/// Linux: protection_map[] of arch/x86/mm/pgprot.c, vma_set_page_prot()
final class PageBits {
    /// What a change of rights keeps of an entry. Linux: _PAGE_CHG_MASK
    private static final long KEPT =
            Pte.FRAME_MASK | Pte.A | Pte.D | Pte.SOFT_SPECIAL | Pte.SOFT_UFFD_WP | Pte.SOFT_DIRTY;

    private PageBits() {}

    /// Bits of a new entry of the area that is read first: used, not written, and writable only if
    /// a write needs no fault. Linux: vma->vm_page_prot
    static long of(VmArea area) {
        long flags = area.flags();
        if ((flags & VM_ACCESS_FLAGS) == 0) {
            return Pte.PROT_NONE | Pte.A;
        }
        long bits = Pte.P | Pte.US | Pte.A;
        if ((flags & VM_EXEC) == 0) {
            bits |= Pte.NX;
        }
        if ((flags & (VM_WRITE | VM_SHARED)) == (VM_WRITE | VM_SHARED) && !wantsWriteNotice(area)) {
            bits |= Pte.RW;
        }
        return bits;
    }

    /// Bits of a new entry that is written first. Linux: maybe_mkwrite(pte_mkdirty())
    static long ofWritten(VmArea area) {
        long bits = of(area) | Pte.D;
        return (area.flags() & VM_WRITE) != 0 ? bits | Pte.RW : bits;
    }

    /// An entry with the rights of the area instead of its old ones. Linux: pte_modify()
    static long modify(long pte, long newBits) {
        return (pte & KEPT) | (newBits & ~KEPT);
    }

    /// Whether the first write to a clean page must fault. Linux: vma_wants_writenotify()
    static boolean wantsWriteNotice(VmArea area) {
        PageCache pages = area.pages();
        return pages != null && pages.wantsWriteNotice();
    }

    /// Whether a change of an entry takes something away that a TLB may still grant.
    static boolean isDowngrade(long before, long after) {
        long granted = (before & (Pte.P | Pte.RW)) | (~before & Pte.NX);
        long grantedAfter = (after & (Pte.P | Pte.RW)) | (~after & Pte.NX);
        return (before & Pte.P) != 0
                && ((granted & ~grantedAfter) != 0 || Pte.pfn(before) != Pte.pfn(after));
    }
}
