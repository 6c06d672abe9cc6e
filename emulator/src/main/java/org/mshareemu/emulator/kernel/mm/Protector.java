package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_GROWSDOWN;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_HUGETLB;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_NORESERVE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SEALED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_STICKY;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.LeafVisitor;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.tlb.TlbBatch;

/// mprotect(2). Areas before the one that is refused keep their new rights.
///
/// Linux: do_mprotect_pkey(), mprotect_fixup(), change_protection()
final class Protector {
    private static final int KNOWN_PROT =
            Mman.PROT_READ | Mman.PROT_WRITE | Mman.PROT_EXEC | Mman.PROT_SEM;

    private final Mm mm;
    private final PageTables tables;
    private final FrameTable frames;
    private final LeafVisitor changeEntry = this::changeEntry;
    private @Nullable VmArea changing;

    Protector(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
        this.frames = mm.context().frames();
    }

    void mprotect(long startAsked, long lengthBytes, int protAsked) throws ErrnoException {
        int grows = protAsked & (Mman.PROT_GROWSDOWN | Mman.PROT_GROWSUP);
        int prot = protAsked & ~grows;
        if (grows == (Mman.PROT_GROWSDOWN | Mman.PROT_GROWSUP) || (startAsked & 4095) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (lengthBytes == 0) {
            return;
        }
        long end = startAsked + (lengthBytes + 4095 & -4096);
        if (Long.compareUnsigned(end, startAsked) <= 0) {
            throw Errno.ENOMEM.exception();
        }
        if ((prot & ~KNOWN_PROT) != 0) {
            throw Errno.EINVAL.exception();
        }
        VmArea first = startAsked < 0 ? null : mm.findAreaFrom(startAsked);
        if (first == null || Long.compareUnsigned(first.start(), end) >= 0) {
            throw Errno.ENOMEM.exception();
        }
        long start = startAsked;
        if ((grows & Mman.PROT_GROWSDOWN) != 0) {
            start = first.start();
            if (!first.has(VM_GROWSDOWN)) {
                throw Errno.EINVAL.exception();
            }
        } else {
            if (first.start() > start) {
                throw Errno.ENOMEM.exception();
            }
            if (grows != 0) {
                throw Errno.EINVAL.exception(); // nothing grows up on this processor
            }
        }
        try (TlbBatch _ = mm.openBatch()) {
            protectRange(start, end, prot);
        }
    }

    private void protectRange(long start, long end, int prot) throws ErrnoException {
        long at = start;
        while (Long.compareUnsigned(at, end) < 0) {
            VmArea area = at < 0 ? null : mm.findArea(at);
            if (area == null) {
                throw Errno.ENOMEM.exception();
            }
            long newFlags =
                    (area.flags() & ~VM_ACCESS_FLAGS)
                            | (prot & (Mman.PROT_READ | Mman.PROT_WRITE | Mman.PROT_EXEC));
            // VM_MAYREAD and its neighbours stand four bits above VM_READ and its neighbours.
            if ((newFlags & ~(newFlags >>> 4) & VM_ACCESS_FLAGS) != 0) {
                throw Errno.EACCES.exception();
            }
            long partEnd = Long.compareUnsigned(end, area.end()) < 0 ? end : area.end();
            area.operations().mprotect(area, at, partEnd, newFlags);
            protectPart(area, at, partEnd, newFlags);
            at = partEnd;
        }
    }

    /// Linux: mprotect_fixup()
    private void protectPart(VmArea area, long start, long end, long wantedFlags)
            throws ErrnoException {
        long oldFlags = area.flags();
        long newFlags = wantedFlags;
        long pages = (end - start) >>> 12;
        if (area.has(VM_SEALED)) {
            throw Errno.EPERM.exception();
        }
        if (newFlags == oldFlags) {
            return;
        }
        long charged = 0;
        if ((newFlags & VM_WRITE) != 0) {
            if (!mm.mayExpand(newFlags, pages) && mm.mayExpand(oldFlags, pages)) {
                throw Errno.ENOMEM.exception();
            }
            if ((oldFlags & (VM_ACCOUNT | VM_WRITE | VM_HUGETLB | VM_SHARED | VM_NORESERVE)) == 0) {
                charged = pages;
                mm.chargeCommit(charged);
                newFlags |= VM_ACCOUNT;
            }
        } else if (area.has(VM_ACCOUNT) && area.isAnonymous() && area.anonVma() == null) {
            newFlags &= ~VM_ACCOUNT;
        }
        VmArea part;
        try {
            part = mm.editor().modifyFlags(area, start, end, newFlags);
        } catch (ErrnoException e) {
            mm.context().commit().uncharge(charged);
            throw e;
        }
        part.setFlags(newFlags | (part.flags() & VM_STICKY));
        changing = part;
        tables.forEachLeaf(mm.root(), start, end, changeEntry);
        changing = null;
        if ((oldFlags & VM_ACCOUNT) != 0 && (newFlags & VM_ACCOUNT) == 0) {
            mm.context().commit().uncharge(pages);
        }
        if ((oldFlags & (VM_WRITE | VM_SHARED | VM_LOCKED)) == VM_LOCKED
                && (newFlags & VM_WRITE) != 0) {
            mm.populator().populate(start, end, Populator.OnError.IGNORE);
        }
        mm.counters().addArea(oldFlags, -pages);
        mm.counters().addArea(newFlags, pages);
    }

    /// Linux: change_pte_range()
    private void changeEntry(long vaddr, Level level, long entryPaddr, long pte) {
        VmArea area = changing;
        if (area == null || !Pte.isMapped(pte)) {
            return;
        }
        long changed = PageBits.modify(pte, PageBits.of(area));
        if (area.has(VM_WRITE) && Pte.isPresent(changed) && mayWriteAtOnce(area, pte)) {
            changed |= Pte.RW;
        }
        if (changed != pte) {
            tables.write(entryPaddr, changed);
            if (PageBits.isDowngrade(pte, changed)) {
                mm.context().batch().noteDowngrade();
            }
        }
    }

    /// Whether a write needs no fault first: the page is nobody else's, or known to be dirty.
    ///
    /// Linux: can_change_pte_writable()
    private boolean mayWriteAtOnce(VmArea area, long pte) {
        if (Pte.isSpecial(pte)) {
            return false;
        }
        long pfn = Pte.pfn(pte);
        return area.isShared()
                ? Pte.isDirty(pte)
                : frames.use(pfn) == FrameUse.ANON
                        && frames.hasFlags(pfn, MmContext.ANON_EXCLUSIVE);
    }
}
