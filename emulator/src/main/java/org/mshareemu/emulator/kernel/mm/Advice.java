package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DONTCOPY;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DONTDUMP;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DROPPABLE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_HUGEPAGE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_HUGETLB;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_IO;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYBE_GUARD;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYWRITE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MERGEABLE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_NOHUGEPAGE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_PFNMAP;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_RAND_READ;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_READ;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SEALED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SEQ_READ;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SPECIAL;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_STICKY;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WIPEONFORK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.tlb.TlbBatch;

/// madvise(2). Advice about reclaim (COLD, PAGEOUT, FREE) is taken and, as nothing is reclaimed
/// here, changes nothing.
///
/// Linux: do_madvise(), mm/madvise.c
final class Advice {
    private final Mm mm;
    private final PageTables tables;

    Advice(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
    }

    /// Linux: do_madvise()
    void madvise(long start, long lengthBytes, int behavior) throws ErrnoException {
        if (!isKnown(behavior) || (start & 4095) != 0) {
            throw Errno.EINVAL.exception();
        }
        long length = lengthBytes + 4095 & -4096;
        long end = start + length;
        if ((lengthBytes != 0 && length == 0) || Long.compareUnsigned(end, start) < 0) {
            throw Errno.EINVAL.exception();
        }
        if (end == start) {
            return;
        }
        if (behavior == Mman.MADV_POPULATE_READ || behavior == Mman.MADV_POPULATE_WRITE) {
            populate(start, end, behavior == Mman.MADV_POPULATE_WRITE);
        } else {
            walkAreas(start, end, behavior);
        }
    }

    private static boolean isKnown(int behavior) {
        return (behavior >= Mman.MADV_NORMAL && behavior <= Mman.MADV_DONTNEED)
                || (behavior >= Mman.MADV_FREE && behavior <= Mman.MADV_COLLAPSE)
                || behavior == Mman.MADV_GUARD_INSTALL
                || behavior == Mman.MADV_GUARD_REMOVE;
    }

    /// Holes are stepped over and reported at the end. Linux: madvise_walk_vmas()
    private void walkAreas(long start, long end, int behavior) throws ErrnoException {
        boolean hasHole = false;
        long at = start;
        while (Long.compareUnsigned(at, end) < 0) {
            VmArea area = at < 0 ? null : mm.findAreaFrom(at);
            if (area == null || Long.compareUnsigned(area.start(), end) >= 0) {
                hasHole = true;
                break;
            }
            if (at < area.start()) {
                hasHole = true;
                at = area.start();
            }
            long partEnd = Long.compareUnsigned(end, area.end()) < 0 ? end : area.end();
            advise(area, at, partEnd, behavior);
            at = partEnd;
        }
        if (hasHole) {
            throw Errno.ENOMEM.exception();
        }
    }

    /// Linux: madvise_vma_behavior()
    private void advise(VmArea area, long start, long end, int behavior) throws ErrnoException {
        checkSeal(area, behavior);
        switch (behavior) {
            case Mman.MADV_REMOVE -> remove(area, start, end);
            case Mman.MADV_WILLNEED -> {}
            case Mman.MADV_COLD, Mman.MADV_PAGEOUT ->
                    refuse(area, VM_LOCKED | VM_PFNMAP | VM_HUGETLB);
            case Mman.MADV_FREE -> {
                refuse(area, VM_LOCKED | VM_PFNMAP);
                if (!area.isAnonymous()) {
                    throw Errno.EINVAL.exception();
                }
            }
            case Mman.MADV_DONTNEED -> {
                refuse(area, VM_LOCKED | VM_PFNMAP);
                dropPages(area, start, end);
            }
            case Mman.MADV_DONTNEED_LOCKED -> {
                refuse(area, VM_PFNMAP);
                dropPages(area, start, end);
            }
            case Mman.MADV_COLLAPSE -> throw Errno.EINVAL.exception();
            case Mman.MADV_GUARD_INSTALL -> {
                refuse(area, VM_SPECIAL | VM_HUGETLB | VM_LOCKED);
                installGuards(area, start, end);
            }
            case Mman.MADV_GUARD_REMOVE -> {
                refuse(area, VM_SPECIAL | VM_HUGETLB);
                tables.forEachLeaf(mm.root(), start, end, this::removeGuard);
            }
            default -> setFlags(area, start, end, newFlags(area, behavior));
        }
    }

    /// Sealed memory must not lose contents that the caller could not overwrite. Linux:
    /// can_madvise_modify()
    private static void checkSeal(VmArea area, int behavior) throws ErrnoException {
        if (!area.has(VM_SEALED) || !area.isAnonymous() || area.has(VM_WRITE)) {
            return;
        }
        switch (behavior) {
            case Mman.MADV_FREE,
                    Mman.MADV_DONTNEED,
                    Mman.MADV_DONTNEED_LOCKED,
                    Mman.MADV_REMOVE,
                    Mman.MADV_DONTFORK,
                    Mman.MADV_WIPEONFORK,
                    Mman.MADV_GUARD_INSTALL ->
                    throw Errno.EPERM.exception();
            default -> {}
        }
    }

    private static void refuse(VmArea area, long vmFlags) throws ErrnoException {
        if ((area.flags() & vmFlags) != 0) {
            throw Errno.EINVAL.exception();
        }
    }

    private void dropPages(VmArea area, long start, long end) {
        try (TlbBatch batch = mm.openBatch()) {
            mm.zapper().zap(area, start, end, Zapper.What.PAGES, batch);
        }
    }

    /// Linux: madvise_remove()
    private static void remove(VmArea area, long start, long end) throws ErrnoException {
        refuse(area, VM_LOCKED);
        Mappable file = area.file();
        if (file == null) {
            throw Errno.EINVAL.exception();
        }
        if (!area.has(VM_SHARED | VM_MAYWRITE)) {
            throw Errno.EACCES.exception();
        }
        file.punchHole(area.pageOffsetAt(start) << 12, end - start);
    }

    /// Linux: the flag part of madvise_vma_behavior(), hugepage_madvise(), ksm_madvise()
    private static long newFlags(VmArea area, int behavior) throws ErrnoException {
        long flags = area.flags();
        return switch (behavior) {
            case Mman.MADV_NORMAL -> flags & ~(VM_RAND_READ | VM_SEQ_READ);
            case Mman.MADV_SEQUENTIAL -> (flags & ~VM_RAND_READ) | VM_SEQ_READ;
            case Mman.MADV_RANDOM -> (flags & ~VM_SEQ_READ) | VM_RAND_READ;
            case Mman.MADV_DONTFORK -> flags | VM_DONTCOPY;
            case Mman.MADV_DOFORK -> {
                refuse(area, VM_IO);
                yield flags & ~VM_DONTCOPY;
            }
            case Mman.MADV_WIPEONFORK -> {
                if (area.file() != null || area.isShared()) {
                    throw Errno.EINVAL.exception();
                }
                yield flags | VM_WIPEONFORK;
            }
            case Mman.MADV_KEEPONFORK -> {
                refuse(area, VM_DROPPABLE);
                yield flags & ~VM_WIPEONFORK;
            }
            case Mman.MADV_DONTDUMP -> flags | VM_DONTDUMP;
            case Mman.MADV_DODUMP -> {
                refuse(area, VM_SPECIAL | VM_DROPPABLE);
                yield flags & ~VM_DONTDUMP;
            }
            case Mman.MADV_HUGEPAGE -> (flags & ~VM_NOHUGEPAGE) | VM_HUGEPAGE;
            case Mman.MADV_NOHUGEPAGE -> (flags & ~VM_HUGEPAGE) | VM_NOHUGEPAGE;
            case Mman.MADV_MERGEABLE ->
                    (flags & (VM_SHARED | VM_MAYSHARE | VM_SPECIAL | VM_HUGETLB | VM_DROPPABLE))
                                    != 0
                            ? flags
                            : flags | VM_MERGEABLE;
            case Mman.MADV_UNMERGEABLE -> flags & ~VM_MERGEABLE;
            default -> throw Errno.EINVAL.exception();
        };
    }

    /// Linux: madvise_update_vma()
    private void setFlags(VmArea area, long start, long end, long newFlags) throws ErrnoException {
        if (newFlags == area.flags()) {
            return;
        }
        VmArea part;
        try {
            part = mm.editor().modifyFlags(area, start, end, newFlags);
        } catch (ErrnoException e) {
            // ENOMEM would say that there is a hole.
            throw e.errno() == Errno.ENOMEM ? Errno.EAGAIN.exception() : e;
        }
        part.setFlags(newFlags | (part.flags() & VM_STICKY));
    }

    /// Linux: madvise_populate()
    private void populate(long start, long end, boolean isWrite) throws ErrnoException {
        long needed = isWrite ? VM_WRITE : VM_READ;
        long at = start;
        while (Long.compareUnsigned(at, end) < 0) {
            VmArea area = mm.findArea(at);
            if (area == null) {
                throw Errno.ENOMEM.exception();
            }
            long partEnd = Long.compareUnsigned(end, area.end()) < 0 ? end : area.end();
            if ((area.flags() & (VM_IO | VM_PFNMAP)) != 0 || !area.has(needed)) {
                throw Errno.EINVAL.exception();
            }
            mm.populator().bringIn(area, at, partEnd, isWrite);
            at = partEnd;
        }
    }

    /// Linux: madvise_guard_install()
    private void installGuards(VmArea area, long start, long end) throws ErrnoException {
        // With this flag, fork copies the entries, and so the guards.
        area.setFlags(area.flags() | VM_MAYBE_GUARD);
        if (area.isAnonymous()) {
            mm.editor().prepareAnon(area);
        }
        dropPages(area, start, end);
        for (long page = start; page < end; page += 4096) {
            long entryPaddr = tables.allocEntry(mm.root(), page, Level.PTE);
            if (entryPaddr == PageTables.NONE) {
                throw Errno.ENOMEM.exception();
            }
            tables.write(entryPaddr, GuardMarker.GUARD);
        }
    }

    private void removeGuard(long vaddr, Level level, long entryPaddr, long pte) {
        if (GuardMarker.isGuard(pte)) {
            tables.write(entryPaddr, 0);
        } else if (Pte.isSwap(pte)) {
            throw new KernelBug("entry %x at %x".formatted(pte, vaddr));
        }
    }
}
