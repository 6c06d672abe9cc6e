package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DONTCOPY;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED_MASK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYBE_GUARD;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WIPEONFORK;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AnonVma;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.tlb.TlbBatch;

/// Copies an address space for a child process. Private pages are shared and write-protected on
/// both sides; pages that a fault can bring back (shared memory, untouched file pages, windows onto
/// other address spaces) are left to faults.
///
/// Linux: dup_mmap(), copy_page_range()
final class ForkCopier {
    private final Mm parent;
    private final PageTables tables;
    private final FrameAllocator allocator;
    private final FrameTable frames;

    ForkCopier(Mm parent) {
        this.parent = parent;
        this.tables = parent.context().tables();
        this.allocator = parent.context().allocator();
        this.frames = parent.context().frames();
    }

    Mm copy() throws ErrnoException {
        Mm child = Mm.create(parent.context(), parent.setup());
        child.inheritFrom(parent);
        int copied = 0;
        try (TlbBatch batch = parent.openBatch()) {
            for (; copied < parent.areaCount(); copied++) {
                copyArea(parent.areaAt(copied), child, batch);
            }
        } catch (ErrnoException e) {
            undo(child, copied);
            throw e;
        }
        return child;
    }

    /// The child counts areas it never got; those come off before it is torn down.
    private void undo(Mm child, int failedIndex) {
        for (int index = failedIndex; index < parent.areaCount(); index++) {
            VmArea area = parent.areaAt(index);
            if (child.findArea(area.start()) == null) {
                child.counters().addArea(area.flags(), -area.sizePages());
            }
        }
        child.destroy();
    }

    private void copyArea(VmArea area, Mm child, TlbBatch batch) throws ErrnoException {
        long pages = area.sizePages();
        if (area.has(VM_DONTCOPY)) {
            child.counters().addArea(area.flags(), -pages);
            return;
        }
        if (area.has(VM_ACCOUNT)) {
            parent.chargeCommit(pages);
        }
        VmArea copy = area.copyFor(child);
        if (!area.has(VM_WIPEONFORK)) {
            AnonVma.fork(copy, area);
        }
        copy.setFlags(copy.flags() & ~VM_LOCKED_MASK);
        Mappable file = copy.file();
        if (file != null) {
            file.acquire();
        }
        child.editor().insert(copy);
        copy.operations().open(copy);
        if (needsEntries(area) && !copyEntries(area, child, batch)) {
            throw Errno.ENOMEM.exception();
        }
    }

    /// Only what a fault cannot bring back is copied: private pages, guard markers. Linux:
    /// vma_needs_copy()
    private static boolean needsEntries(VmArea area) {
        return (area.anonVma() != null || area.has(VM_MAYBE_GUARD)) && !area.has(VM_WIPEONFORK);
    }

    /// Copies leaf by leaf, a table of 512 at a time. Linux: copy_pte_range()
    ///
    /// @return false when out of memory for a table
    private boolean copyEntries(VmArea area, Mm child, TlbBatch batch) {
        boolean isCopyOnWrite = area.isCopyOnWrite();
        long vaddr = area.start();
        while (vaddr < area.end()) {
            long tableEnd =
                    Math.min(area.end(), Level.PMD.alignDown(vaddr) + Level.PMD.entrySpan());
            long entryPaddr = tables.findEntry(parent.root(), vaddr, Level.PTE);
            if (entryPaddr == PageTables.NONE) {
                vaddr = afterMissingTable(vaddr);
                continue;
            }
            long childPaddr = tables.allocEntry(child.root(), vaddr, Level.PTE);
            if (childPaddr == PageTables.NONE) {
                return false;
            }
            for (; vaddr < tableEnd; vaddr += 4096, entryPaddr += 8, childPaddr += 8) {
                long pte = tables.read(entryPaddr);
                if (pte != 0) {
                    copyEntry(pte, entryPaddr, childPaddr, area, isCopyOnWrite, child, batch);
                }
            }
        }
        return true;
    }

    /// The next address that a table present may serve.
    private long afterMissingTable(long vaddr) {
        Level missing = Level.PMD;
        if (tables.findEntry(parent.root(), vaddr, Level.PUD) == PageTables.NONE) {
            missing = Level.PGD;
        } else if (tables.findEntry(parent.root(), vaddr, Level.PMD) == PageTables.NONE) {
            missing = Level.PUD;
        }
        return missing.alignDown(vaddr) + missing.entrySpan();
    }

    /// Linux: copy_present_pte(), copy_nonpresent_pte()
    private void copyEntry(
            long pte,
            long entryPaddr,
            long childPaddr,
            VmArea area,
            boolean isCopyOnWrite,
            Mm child,
            TlbBatch batch) {
        if (!Pte.isMapped(pte)) {
            tables.write(childPaddr, pte);
            return;
        }
        if (!Pte.isSpecial(pte)) {
            long pfn = Pte.pfn(pte);
            if (frames.use(pfn) == FrameUse.ANON) {
                frames.clearFlags(pfn, MmContext.ANON_EXCLUSIVE);
            }
            allocator.get(pfn);
            frames.incrementMapCount(pfn);
            child.counters().addResident(frames.use(pfn), 1);
        }
        long shared = pte;
        if (isCopyOnWrite && Pte.isWritable(pte)) {
            shared = Pte.withoutWrite(pte);
            tables.write(entryPaddr, shared);
            batch.noteDowngrade();
        }
        if (area.isShared()) {
            shared = Pte.withoutDirty(shared);
        }
        tables.write(childPaddr, Pte.withoutAccessed(shared));
    }
}
