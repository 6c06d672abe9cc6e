package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.LeafVisitor;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.tlb.TlbBatch;

/// Removes entries of a range and lets go of their frames after the flush.
///
/// Linux: zap_page_range_single(), unmap_page_range(), zap_pte_range()
final class Zapper {
    private final Mm mm;
    private final PageTables tables;
    private final FrameTable frames;
    private final LeafVisitor zapAll;
    private final LeafVisitor zapKeepingMarkers;
    private final LeafVisitor zapFilePages;

    Zapper(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
        this.frames = mm.context().frames();
        this.zapAll = this::zapEntry;
        this.zapKeepingMarkers = this::zapUnlessMarker;
        this.zapFilePages = this::zapUnlessPrivate;
    }

    /// What of a range goes.
    enum What {
        /// Everything: the area goes too.
        ALL,
        /// Pages of any kind, but guard markers stay. Linux: without ZAP_FLAG_DROP_MARKER
        PAGES,
        /// Pages of the file, not private copies. Linux: even_cows = 0
        FILE_PAGES
    }

    /// Removes the entries of a part of an area; its operations may do it in their own way.
    ///
    /// Linux: unmap_single_vma()
    void zap(VmArea area, long start, long end, What what, TlbBatch batch) {
        switch (area.operations().unmapPageRange(area, start, end, batch)) {
            case DONE -> {}
            case GENERIC -> tables.forEachLeaf(mm.root(), start, end, visitor(what));
        }
    }

    private LeafVisitor visitor(What what) {
        return switch (what) {
            case ALL -> zapAll;
            case PAGES -> zapKeepingMarkers;
            case FILE_PAGES -> zapFilePages;
        };
    }

    private void zapUnlessMarker(long vaddr, Level level, long entryPaddr, long pte) {
        if (!GuardMarker.isGuard(pte)) {
            zapEntry(vaddr, level, entryPaddr, pte);
        }
    }

    private void zapUnlessPrivate(long vaddr, Level level, long entryPaddr, long pte) {
        if (Pte.isMapped(pte)
                && (Pte.isSpecial(pte) || frames.use(Pte.pfn(pte)) != FrameUse.ANON)) {
            zapEntry(vaddr, level, entryPaddr, pte);
        }
    }

    private void zapEntry(long vaddr, Level level, long entryPaddr, long pte) {
        TlbBatch batch = mm.context().batch();
        tables.write(entryPaddr, 0);
        if (!Pte.isMapped(pte)) {
            return;
        }
        if (Pte.isSpecial(pte)) {
            batch.noteDowngrade();
            return;
        }
        long pfn = Pte.pfn(pte);
        FrameUse use = frames.use(pfn);
        if (use != FrameUse.ANON && Pte.isDirty(pte)) {
            frames.setFlags(pfn, FrameTable.DIRTY);
        }
        frames.decrementMapCount(pfn);
        mm.counters().addResident(use, -1);
        batch.removeFrame(pfn);
    }
}
