package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_EXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Proves that the areas, tables, frames and counters of all address spaces agree, or names the
/// first disagreement. For use between system calls, when nobody holds a frame for a moment.
///
/// Linux: what check_mm() and the VM_BUG_ONs of CONFIG_DEBUG_VM look for
public final class MmCheck {
    private final MmContext context;
    private final PageTables tables;
    private final FrameTable frames;

    /// How many entries map each frame.
    private final SortedMap<Long, Integer> mapCounts = new TreeMap<>();

    /// How many entries link each table of another address space.
    private final SortedMap<Long, Integer> shareCounts = new TreeMap<>();

    private long tableFrames;
    private long accountedPages;

    private MmCheck(MmContext context) {
        this.context = context;
        this.tables = context.tables();
        this.frames = context.frames();
    }

    /// Checks all address spaces of a machine.
    ///
    /// @throws KernelBug naming the first disagreement
    public static void verify(MmContext context) {
        MmCheck check = new MmCheck(context);
        context.batch().assertFinished();
        for (Mm mm : context.spaces()) {
            check.new Space(mm).verify();
        }
        check.verifyFrames();
    }

    private void verifyFrames() {
        long anon = 0;
        for (Map.Entry<Long, Integer> entry : mapCounts.entrySet()) {
            long pfn = entry.getKey();
            int mapped = entry.getValue();
            FrameUse use = frames.use(pfn);
            expectOfFrame("map count", pfn, mapped, frames.mapCount(pfn));
            // Beside the entries, the page cache holds its pages.
            int references = mapped + (use == FrameUse.ANON ? 0 : 1);
            expectOfFrame("references", pfn, references, frames.refCount(pfn));
            if (use == FrameUse.ANON) {
                anon++;
                if (frames.hasFlags(pfn, MmContext.ANON_EXCLUSIVE) && mapped != 1) {
                    throw new KernelBug(
                            "exclusive frame %x mapped %d times".formatted(pfn, mapped));
                }
            }
        }
        expect("private frames", "machine", anon, used(FrameUse.ANON));
        expect("table frames", "machine", tableFrames, used(FrameUse.PAGE_TABLE));
        for (Map.Entry<Long, Integer> entry : shareCounts.entrySet()) {
            long pfn = entry.getKey();
            expectOfFrame("share count", pfn, entry.getValue(), frames.shareCount(pfn));
        }
        if (context.commit().committedPages() < accountedPages) {
            throw new KernelBug(
                    "%d pages promised, but areas account for %d"
                            .formatted(context.commit().committedPages(), accountedPages));
        }
    }

    private long used(FrameUse use) {
        return context.allocator().usedFrames(use);
    }

    private static void expect(String what, Object subject, long counted, long recorded) {
        if (counted != recorded) {
            throw new KernelBug(
                    "%s: %s: counted %d, recorded %d".formatted(subject, what, counted, recorded));
        }
    }

    private void expectOfFrame(String what, long pfn, long counted, long recorded) {
        if (counted != recorded) {
            expect(what, "frame %x (%s)".formatted(pfn, frames.use(pfn)), counted, recorded);
        }
    }

    /// One address space.
    private final class Space {
        private final Mm mm;
        private final MmCounters seen = new MmCounters();
        private long ownTables;

        Space(Mm mm) {
            this.mm = mm;
        }

        void verify() {
            verifyAreas();
            tables.forEachTable(mm.root(), 0, PageTables.ADDRESS_END, this::visitTable);
            MmCounters recorded = mm.counters();
            expect("total pages", mm, seen.total(), recorded.total());
            expect("data pages", mm, seen.data(), recorded.data());
            expect("exec pages", mm, seen.exec(), recorded.exec());
            expect("stack pages", mm, seen.stack(), recorded.stack());
            expect("locked pages", mm, seen.locked(), recorded.locked());
            expect("resident anon", mm, seen.residentAnon(), recorded.residentAnon());
            expect("resident file", mm, seen.residentFile(), recorded.residentFile());
            expect("resident shmem", mm, seen.residentShmem(), recorded.residentShmem());
            expect("tables", mm, ownTables, mm.tableFrames());
            tableFrames += ownTables + 1; // the root is not counted in tableFrames()
        }

        private void verifyAreas() {
            long lastEnd = 0;
            for (int index = 0; index < mm.areaCount(); index++) {
                VmArea area = mm.areaAt(index);
                if (area.start() < lastEnd || area.start() >= area.end()) {
                    throw new KernelBug("%s: area out of order: %s".formatted(mm, area));
                }
                lastEnd = area.end();
                if (mm.findArea(area.start()) != area || mm.findArea(area.end() - 1) != area) {
                    throw new KernelBug("%s: area not found: %s".formatted(mm, area));
                }
                seen.addArea(area.flags(), area.sizePages());
                if (area.has(VM_LOCKED)) {
                    seen.addLocked(area.sizePages());
                }
                if (area.has(VM_ACCOUNT)) {
                    accountedPages += area.sizePages();
                }
            }
            if (lastEnd > mm.taskSize()) {
                throw new KernelBug("%s: area beyond user space".formatted(mm));
            }
        }

        private boolean visitTable(long vaddr, Level level, long tablePfn, long entryPaddr) {
            if (tables.ownerOf(tablePfn) != mm.root()) {
                shareCounts.merge(tablePfn, 1, Integer::sum);
                return false;
            }
            if (level != Level.PGD) {
                ownTables++;
            }
            if (level == Level.PTE) {
                for (int index = 0; index < Level.ENTRIES; index++) {
                    long pte = tables.read((tablePfn << 12) + 8L * index);
                    if (pte != 0) {
                        visitEntry(vaddr + ((long) index << 12), pte);
                    }
                }
            }
            return true;
        }

        private void visitEntry(long vaddr, long pte) {
            VmArea area = mm.findArea(vaddr);
            if (area == null) {
                throw bug(vaddr, pte, null, "outside all areas");
            }
            if (!Pte.isMapped(pte)) {
                if (!GuardMarker.isGuard(pte)) {
                    throw bug(vaddr, pte, area, "neither mapped nor a marker");
                }
                return;
            }
            verifyRights(vaddr, pte, area);
            if (Pte.isSpecial(pte)) {
                if (Pte.pfn(pte) != context.zeroFrame() || Pte.isWritable(pte)) {
                    throw bug(vaddr, pte, area, "special, but not the zero page");
                }
                return;
            }
            verifyFrame(vaddr, pte, area);
        }

        private void verifyRights(long vaddr, long pte, VmArea area) {
            boolean isAccessible = (area.flags() & VM_ACCESS_FLAGS) != 0;
            if (Pte.isPresent(pte) != isAccessible) {
                throw bug(vaddr, pte, area, "present or not against the area");
            }
            if (!Pte.isPresent(pte)) {
                return;
            }
            if ((Pte.isWritable(pte) && !area.has(VM_WRITE))
                    || (!Pte.isNoExecute(pte) && !area.has(VM_EXEC))
                    || !Pte.isUser(pte)) {
                throw bug(vaddr, pte, area, "rights beyond the area's");
            }
        }

        private void verifyFrame(long vaddr, long pte, VmArea area) {
            long pfn = Pte.pfn(pte);
            FrameUse use = frames.use(pfn);
            mapCounts.merge(pfn, 1, Integer::sum);
            seen.addResident(use, 1);
            if (use == FrameUse.ANON) {
                if (area.isShared() || area.anonVma() == null) {
                    throw bug(vaddr, pte, area, "private frame without a lineage");
                }
                if (Pte.isWritable(pte) && !frames.hasFlags(pfn, MmContext.ANON_EXCLUSIVE)) {
                    throw bug(vaddr, pte, area, "writable, but not exclusive");
                }
                return;
            }
            PageCache pages = area.pages();
            if (pages == null || pages.find(area.pageOffsetAt(vaddr)) != pfn) {
                throw bug(vaddr, pte, area, "not the page of the file");
            }
            if (Pte.isWritable(pte) && !area.isShared()) {
                throw bug(vaddr, pte, area, "file page writable in a private area");
            }
        }

        private KernelBug bug(long vaddr, long pte, @Nullable VmArea area, String what) {
            return new KernelBug(
                    "%s: entry %x at %x in %s: %s".formatted(mm, pte, vaddr, area, what));
        }
    }
}
