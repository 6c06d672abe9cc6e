package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.memmap.FilePages;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmOperations;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbBatch;

/// Brings one page into the tables of an address space.
///
/// Linux: do_anonymous_page(), do_fault(), do_wp_page()
///
/// Each entry that maps a frame holds one reference and one map count of it; the zero page has
/// neither and is marked special in the entry.
final class PageInstaller {
    /// Pages mapped at once around a read fault of a file, if they are in memory already. Linux:
    /// fault_around_bytes / PAGE_SIZE
    private static final int FAULT_AROUND_PAGES = 16;

    private final Mm mm;
    private final PageTables tables;
    private final PhysicalMemory memory;
    private final FrameAllocator allocator;
    private final FrameTable frames;

    PageInstaller(Mm mm) {
        this.mm = mm;
        MmContext context = mm.context();
        this.tables = context.tables();
        this.memory = context.memory();
        this.allocator = context.allocator();
        this.frames = context.frames();
    }

    /// First access to private memory: the zero page for reading, an own one for writing.
    ///
    /// Linux: do_anonymous_page()
    void anonymousPage(VmArea area, long page, boolean isWrite, FaultResult out) {
        long entryPaddr = tables.allocEntry(mm.root(), page, Level.PTE);
        if (entryPaddr == PageTables.NONE) {
            out.outOfMemory();
            return;
        }
        if (!isWrite) {
            long zero = mm.context().zeroFrame();
            tables.write(entryPaddr, Pte.make(zero, PageBits.of(area) | Pte.SOFT_SPECIAL));
            out.resolved(FaultResult.Cost.MINOR, "zero page");
            return;
        }
        mm.editor().prepareAnon(area);
        long pfn = allocator.allocate(FrameUse.ANON);
        if (pfn == FrameAllocator.NO_FRAME) {
            out.outOfMemory();
            return;
        }
        frames.setFlags(pfn, MmContext.ANON_EXCLUSIVE);
        map(entryPaddr, pfn, PageBits.ofWritten(area));
        out.resolved(FaultResult.Cost.MINOR, "demand zero");
    }

    /// First access to a page with a backing. Linux: do_fault()
    void filePage(VmArea area, long page, boolean isWrite, FaultResult out) {
        if (!isWrite && mapAround(area, page)) {
            out.resolved(FaultResult.Cost.MINOR, "file page");
            return;
        }
        boolean isCopied = isWrite && !area.isShared();
        if (isCopied) {
            mm.editor().prepareAnon(area); // as in Linux, even if the file then has no such page
        }
        long pfn = area.operations().fault(area, area.pageOffsetAt(page));
        if (pfn == VmOperations.FAULT_OOM) {
            out.outOfMemory();
            return;
        }
        if (pfn < 0) {
            out.busAdrErr();
            return;
        }
        if (isCopied) {
            installPrivateCopy(area, page, pfn, out);
            allocator.put(pfn);
            return;
        }
        long entryPaddr = tables.allocEntry(mm.root(), page, Level.PTE);
        if (entryPaddr == PageTables.NONE) {
            allocator.put(pfn);
            out.outOfMemory();
            return;
        }
        if (isWrite) {
            frames.setFlags(pfn, FrameTable.DIRTY);
        }
        map(entryPaddr, pfn, isWrite ? PageBits.ofWritten(area) : PageBits.of(area));
        out.resolved(FaultResult.Cost.MINOR, "file page");
    }

    /// Linux: do_cow_fault()
    private void installPrivateCopy(VmArea area, long page, long filePfn, FaultResult out) {
        long entryPaddr = tables.allocEntry(mm.root(), page, Level.PTE);
        long copy =
                entryPaddr == PageTables.NONE
                        ? FrameAllocator.NO_FRAME
                        : allocator.allocate(FrameUse.ANON);
        if (copy == FrameAllocator.NO_FRAME) {
            out.outOfMemory();
            return;
        }
        copyFrame(filePfn, copy);
        map(entryPaddr, copy, PageBits.ofWritten(area));
        out.resolved(FaultResult.Cost.MINOR, "cow copy");
    }

    /// A write to a page that is there but may not be written yet; the area allows it.
    ///
    /// Linux: do_wp_page()
    void writeProtectedPage(VmArea area, long page, long entryPaddr, long pte, FaultResult out) {
        long pfn = Pte.pfn(pte);
        if (area.isShared()) {
            frames.setFlags(pfn, FrameTable.DIRTY);
            tables.write(entryPaddr, pte | Pte.RW | Pte.D | Pte.A);
            out.resolved(FaultResult.Cost.MINOR, "shared write");
            return;
        }
        if (!Pte.isSpecial(pte) && isReusable(pfn)) {
            frames.setFlags(pfn, MmContext.ANON_EXCLUSIVE);
            tables.write(entryPaddr, pte | Pte.RW | Pte.D | Pte.A);
            out.resolved(FaultResult.Cost.MINOR, "cow reuse");
            return;
        }
        mm.editor().prepareAnon(area);
        long copy = allocator.allocate(FrameUse.ANON);
        if (copy == FrameAllocator.NO_FRAME) {
            out.outOfMemory();
            return;
        }
        replaceByCopy(area, entryPaddr, pte, copy);
        out.resolved(FaultResult.Cost.MINOR, Pte.isSpecial(pte) ? "demand zero" : "cow copy");
    }

    /// Linux: wp_page_copy()
    private void replaceByCopy(VmArea area, long entryPaddr, long pte, long copy) {
        long pfn = Pte.pfn(pte);
        try (TlbBatch batch = mm.openBatch()) {
            if (Pte.isSpecial(pte)) {
                frames.setFlags(copy, MmContext.ANON_EXCLUSIVE);
                batch.noteDowngrade();
            } else {
                copyFrame(pfn, copy);
                frames.decrementMapCount(pfn);
                mm.counters().addResident(frames.use(pfn), -1);
                batch.removeFrame(pfn);
            }
            map(entryPaddr, copy, PageBits.ofWritten(area));
        }
    }

    /// Nobody else can reach the page: the entry's reference is the only one.
    ///
    /// Linux: PageAnonExclusive(), wp_can_reuse_anon_folio()
    private boolean isReusable(long pfn) {
        return frames.use(pfn) == FrameUse.ANON
                && (frames.hasFlags(pfn, MmContext.ANON_EXCLUSIVE) || frames.refCount(pfn) == 1);
    }

    private void copyFrame(long from, long to) {
        frames.noteHostWrite(to);
        memory.copyFrame(from, to);
        frames.setFlags(to, MmContext.ANON_EXCLUSIVE);
    }

    /// Stores an entry whose reference on the frame the caller hands over.
    private void map(long entryPaddr, long pfn, long bits) {
        frames.incrementMapCount(pfn);
        mm.counters().addResident(frames.use(pfn), 1);
        tables.write(entryPaddr, Pte.make(pfn, bits));
    }

    /// Maps what is in memory around a page of a file, the page itself included.
    ///
    /// Linux: do_fault_around(), filemap_map_pages()
    ///
    /// @return whether the page itself is mapped now
    private boolean mapAround(VmArea area, long page) {
        PageCache pages = area.pages();
        if (pages == null || !(area.operations() instanceof FilePages)) {
            return false;
        }
        long window = page & -((long) FAULT_AROUND_PAGES << 12);
        long start = Math.max(area.start(), window);
        long end = Math.min(area.end(), start + ((long) FAULT_AROUND_PAGES << 12));
        end = Math.min(end, Level.PMD.alignDown(page) + Level.PMD.entrySpan());
        long lastPage = FilePages.lastPage(area);
        boolean isMapped = false;
        for (long at = start; at < end; at += 4096) {
            long index = area.pageOffsetAt(at);
            long pfn = index > lastPage ? PageCache.ABSENT : pages.find(index);
            if (pfn == PageCache.ABSENT) {
                continue;
            }
            long entryPaddr = tables.allocEntry(mm.root(), at, Level.PTE);
            if (entryPaddr == PageTables.NONE) {
                return isMapped;
            }
            if (tables.read(entryPaddr) == 0) {
                allocator.get(pfn);
                map(entryPaddr, pfn, PageBits.of(area));
                isMapped |= at == page;
            } else if (at == page) {
                throw new KernelBug("fault at %x, which is mapped".formatted(page));
            }
        }
        return isMapped;
    }
}
