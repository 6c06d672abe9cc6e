package org.mshareemu.mmu.paging;

import org.jspecify.annotations.Nullable;
import org.mshareemu.mmu.annotation.HotPath;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.MmuBug;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// The kernel's way to page tables: find and allocate entries, link tables of another root, free
/// what is empty.
///
/// Linux: mm/memory.c (__pte_alloc(), free_pgtables()) and the offset functions of pgtable.h
///
/// A root is the physical address of a PGD. Ranges lie in the lower half: 0 ≤ start ≤ end ≤
/// [#ADDRESS_END].
///
/// Each table frame remembers its owner, the root whose entries led to its allocation (Linux:
/// ptdesc.pt_mm). A table below a linked one belongs to the host that owns the linked one, whoever
/// caused its allocation. Links are counted in [FrameTable#shareCount(long)]; the owner's own entry
/// is not a link.
///
/// Entries change through [#write] only, so that a listener sees everything. Nothing here flushes a
/// TLB: the caller does, after the entries are written and before anything taken out of them is
/// reused.
public final class PageTables {
    /// Where no entry or table is.
    public static final long NONE = -1;

    /// First address above the lower half. Linux: TASK_SIZE_MAX + PAGE_SIZE
    public static final long ADDRESS_END = 1L << 47;

    private final PhysicalMemory memory;
    private final FrameAllocator allocator;
    private final FrameTable frames;
    private @Nullable PageTableListener listener;

    public PageTables(PhysicalMemory memory, FrameAllocator allocator, FrameTable frames) {
        this.memory = memory;
        this.allocator = allocator;
        this.frames = frames;
    }

    /// Says who is told of changes; one listener at a time.
    public void setListener(@Nullable PageTableListener newListener) {
        listener = newListener;
    }

    /// A new, empty PGD; returns its physical address or [#NONE]. Linux: pgd_alloc()
    public long allocRoot() {
        long pfn = allocator.allocate(FrameUse.PAGE_TABLE);
        if (pfn == FrameAllocator.NO_FRAME) {
            return NONE;
        }
        long root = paddrOf(pfn);
        frames.setPrivateData(pfn, root);
        if (listener != null) {
            listener.tableAllocated(root, pfn, Level.PGD);
        }
        return root;
    }

    /// Frees an empty PGD at once: no CPU may have it loaded. Linux: pgd_free()
    public void freeRoot(long root) {
        long pfn = pfnOf(root);
        for (int index = 0; index < Level.ENTRIES; index++) {
            long entry = read(root + index * 8L);
            if (entry != 0) {
                throw MmuBug.ofFrame(
                        pfn, "PGD freed with entry " + index + " = 0x" + Long.toHexString(entry));
            }
        }
        if (tableCount(root) != 0) {
            throw MmuBug.ofFrame(pfn, "PGD freed while it owns " + tableCount(root) + " tables");
        }
        if (listener != null) {
            listener.tableFreed(root, pfn, Level.PGD);
        }
        allocator.put(pfn);
    }

    /// Tables the root owns below the PGD, tables linked from elsewhere not included. Linux:
    /// mm_pgtables_bytes() / PAGE_SIZE
    public int tableCount(long root) {
        return frames.privateInt(pfnOf(root));
    }

    /// The root that owns a table.
    public long ownerOf(long tablePfn) {
        return frames.privateData(tablePfn);
    }

    @HotPath
    public long read(long entryPaddr) {
        return memory.readLong(entryPaddr);
    }

    @HotPath
    public void write(long entryPaddr, long entry) {
        if (listener != null) {
            listener.entryWritten(entryPaddr, memory.readLong(entryPaddr), entry);
        }
        memory.writeLong(entryPaddr, entry);
    }

    /// The entry of `level` for `vaddr`, or [#NONE] if a table above it is missing or a larger leaf
    /// covers the address.
    @HotPath
    public long findEntry(long root, long vaddr, Level level) {
        long table = root & Pte.FRAME_MASK;
        int lowest = level.shift();
        for (int shift = Level.PGD.shift(); ; shift -= 9) {
            long entryPaddr = table + ((vaddr >>> shift & Level.ENTRIES - 1) << 3);
            if (shift == lowest) {
                return entryPaddr;
            }
            long entry = memory.readLong(entryPaddr);
            if ((entry & (Pte.P | Pte.PS)) != Pte.P) {
                return NONE;
            }
            table = entry & Pte.FRAME_MASK;
        }
    }

    /// The entry at which the way to `vaddr` ends: a leaf of any size, or the first entry that is
    /// not present.
    ///
    /// Returned as [LeafRef] reads it: the entry's physical address and its level.
    @HotPath
    public long findLeaf(long root, long vaddr) {
        long table = root & Pte.FRAME_MASK;
        for (int depth = 0; ; depth++) {
            int shift = Level.PGD.shift() - 9 * depth;
            long entryPaddr = table + ((vaddr >>> shift & Level.ENTRIES - 1) << 3);
            long entry = memory.readLong(entryPaddr);
            if (shift == Level.PTE.shift() || (entry & (Pte.P | Pte.PS)) != Pte.P) {
                return LeafRef.of(entryPaddr, depth);
            }
            table = entry & Pte.FRAME_MASK;
        }
    }

    /// The entry of `level` for `vaddr`; allocates what is missing above it. [#NONE] when out of
    /// memory.
    ///
    /// Linux: pte_alloc_map() and pmd_alloc(), pud_alloc(), p4d_alloc()
    public long allocEntry(long root, long vaddr, Level level) {
        long table = root & Pte.FRAME_MASK;
        for (Level at = Level.PGD; ; at = at.below()) {
            long entryPaddr = table + at.index(vaddr) * 8L;
            if (at == level) {
                return entryPaddr;
            }
            long entry = memory.readLong(entryPaddr);
            if (entry == 0) {
                long pfn = allocTable(pfnOf(table), at.below());
                if (pfn == FrameAllocator.NO_FRAME) {
                    return NONE;
                }
                entry = Pte.make(pfn, Pte.TABLE_FLAGS);
                write(entryPaddr, entry);
            } else if ((entry & (Pte.P | Pte.PS)) != Pte.P) {
                throw new MmuBug(
                        "a leaf of level "
                                + at
                                + " is in the way of a "
                                + level
                                + " entry for 0x"
                                + Long.toHexString(vaddr)
                                + ": 0x"
                                + Long.toHexString(entry));
            }
            table = Pte.paddr(entry);
        }
    }

    /// Sets the entry of `level` for `vaddr`; false when out of memory for a table.
    public boolean map(long root, long vaddr, Level level, long pte) {
        long entryPaddr = allocEntry(root, vaddr, level);
        if (entryPaddr == NONE) {
            return false;
        }
        write(entryPaddr, pte);
        return true;
    }

    /// Visits every entry of the range that is a leaf, or that is not present but not empty either.
    @HotPath
    public void forEachLeaf(long root, long start, long end, LeafVisitor visitor) {
        checkRange(start, end);
        TableRange.forEachLeaf(memory, root & Pte.FRAME_MASK, Level.PGD, start, end, visitor);
    }

    /// Visits the root and every table that spans part of the range, linked ones too.
    public void forEachTable(long root, long start, long end, TableVisitor visitor) {
        checkRange(start, end);
        long table = root & Pte.FRAME_MASK;
        if (visitor.visit(0, Level.PGD, pfnOf(table), NONE)) {
            TableRange.forEachTable(memory, table, Level.PGD, start, end, visitor);
        }
    }

    /// Makes `root`'s entry of `level` for `vaddr` point to the table that the host's entry points
    /// to, and counts the link.
    ///
    /// Linux: the P4D part of the mshare fault path, p4d_populate() and ptdesc_pmd_pts_inc()
    public LinkOutcome linkTable(
            long root, long vaddr, Level level, long hostRoot, long hostVaddr) {
        long hostEntryPaddr = findEntry(hostRoot, hostVaddr, level);
        long hostEntry = hostEntryPaddr == NONE ? 0 : memory.readLong(hostEntryPaddr);
        if (level == Level.PTE || (hostEntry & (Pte.P | Pte.PS)) != Pte.P) {
            return LinkOutcome.HOST_EMPTY;
        }
        long entryPaddr = allocEntry(root, vaddr, level);
        if (entryPaddr == NONE) {
            return LinkOutcome.NO_MEMORY;
        }
        long tablePfn = Pte.pfn(hostEntry);
        long entry = memory.readLong(entryPaddr);
        if (entry != 0) {
            boolean same = (entry & (Pte.P | Pte.PS)) == Pte.P && Pte.pfn(entry) == tablePfn;
            return same ? LinkOutcome.ALREADY_LINKED : LinkOutcome.CONFLICT;
        }
        frames.incrementShareCount(tablePfn);
        write(entryPaddr, hostEntry);
        if (listener != null) {
            listener.tableLinked(root, vaddr, level, tablePfn);
        }
        return LinkOutcome.LINKED;
    }

    /// Clears `root`'s entry if it is a link, and counts the link off; false if it is none. The
    /// caller flushes.
    ///
    /// Linux: msharefs' unmap_page_range
    public boolean unlinkTable(long root, long vaddr, Level level) {
        long entryPaddr = findEntry(root, vaddr, level);
        if (level == Level.PTE || entryPaddr == NONE) {
            return false;
        }
        long entry = memory.readLong(entryPaddr);
        if ((entry & (Pte.P | Pte.PS)) != Pte.P || isOwnTable(root, Pte.pfn(entry))) {
            return false;
        }
        write(entryPaddr, 0);
        long tablePfn = Pte.pfn(entry);
        frames.decrementShareCount(tablePfn);
        if (listener != null) {
            listener.tableUnlinked(root, vaddr, level, tablePfn);
        }
        return true;
    }

    /// Takes every empty table out that spans part of the range; returns how many. See the longer
    /// form.
    public int freeTables(long root, long start, long end, FreedTableSink sink) {
        return freeTables(root, start, end, 0, ADDRESS_END, sink);
    }

    /// Takes every empty table out that spans part of [start, end) and lies whole within [floor,
    /// ceiling); returns how many.
    ///
    /// A table with links left stays, and so does the entry above it, while the tables below it go.
    /// A link found in the range is a bug: it must be unlinked first. Linux: free_pgd_range(),
    /// where mshare's share count keeps a PUD table
    public int freeTables(
            long root, long start, long end, long floor, long ceiling, FreedTableSink sink) {
        checkRange(start, end);
        return freeBelow(root, root & Pte.FRAME_MASK, Level.PGD, start, end, floor, ceiling, sink);
    }

    private int freeBelow(
            long root,
            long table,
            Level level,
            long start,
            long end,
            long floor,
            long ceiling,
            FreedTableSink sink) {
        int freed = 0;
        long span = level.entrySpan();
        for (long vaddr = level.alignDown(start); vaddr < end; vaddr += span) {
            long entryPaddr = table + level.index(vaddr) * 8L;
            long entry = memory.readLong(entryPaddr);
            if ((entry & (Pte.P | Pte.PS)) != Pte.P) {
                continue;
            }
            long childPfn = Pte.pfn(entry);
            if (!isOwnTable(root, childPfn)) {
                throw MmuBug.ofFrame(
                        childPfn,
                        "table still linked at 0x"
                                + Long.toHexString(vaddr)
                                + " when tables are freed");
            }
            if (level.below() != Level.PTE) {
                freed +=
                        freeBelow(
                                root,
                                paddrOf(childPfn),
                                level.below(),
                                Math.max(start, vaddr),
                                Math.min(end, vaddr + span),
                                floor,
                                ceiling,
                                sink);
            }
            if (vaddr >= floor
                    && vaddr + span <= ceiling
                    && frames.shareCount(childPfn) == 0
                    && isEmptyTable(childPfn)) {
                write(entryPaddr, 0);
                releaseTable(root, childPfn, level.below(), sink);
                freed++;
            }
        }
        return freed;
    }

    private void releaseTable(long root, long tablePfn, Level level, FreedTableSink sink) {
        countTables(root, -1);
        if (listener != null) {
            listener.tableFreed(root, tablePfn, level);
        }
        sink.tableFreed(tablePfn);
    }

    private long allocTable(long parentPfn, Level level) {
        long pfn = allocator.allocate(FrameUse.PAGE_TABLE);
        if (pfn == FrameAllocator.NO_FRAME) {
            return pfn;
        }
        long owner = ownerOf(parentPfn);
        frames.setPrivateData(pfn, owner);
        countTables(owner, 1);
        if (listener != null) {
            listener.tableAllocated(owner, pfn, level);
        }
        return pfn;
    }

    private void countTables(long root, int delta) {
        long pfn = pfnOf(root);
        frames.setPrivateInt(pfn, frames.privateInt(pfn) + delta);
    }

    private boolean isOwnTable(long root, long tablePfn) {
        return ownerOf(tablePfn) == (root & Pte.FRAME_MASK);
    }

    private boolean isEmptyTable(long tablePfn) {
        long table = paddrOf(tablePfn);
        for (long offset = 0; offset < PhysicalMemory.PAGE_SIZE; offset += 8) {
            if (memory.readLong(table + offset) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkRange(long start, long end) {
        if (start < 0 || start > end || end > ADDRESS_END) {
            throw new MmuBug("range 0x" + Long.toHexString(start) + "-0x" + Long.toHexString(end));
        }
    }

    private static long paddrOf(long pfn) {
        return pfn << PhysicalMemory.PAGE_SHIFT;
    }

    private static long pfnOf(long paddr) {
        return paddr >>> PhysicalMemory.PAGE_SHIFT;
    }
}
