package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.phys.PhysicalMemory;

/// Recursion over the entries of a range; the depth is that of the tables.
final class TableRange {
    private TableRange() {}

    static void forEachLeaf(
            PhysicalMemory memory,
            long table,
            Level level,
            long start,
            long end,
            LeafVisitor visitor) {
        long span = level.entrySpan();
        for (long vaddr = level.alignDown(start); vaddr < end; vaddr += span) {
            long entryPaddr = table + level.index(vaddr) * 8L;
            long entry = memory.readLong(entryPaddr);
            if (entry == 0) {
                continue;
            }
            if (level == Level.PTE || (entry & (Pte.P | Pte.PS)) != Pte.P) {
                visitor.visit(vaddr, level, entryPaddr, entry);
            } else {
                forEachLeaf(
                        memory,
                        Pte.paddr(entry),
                        level.below(),
                        Math.max(start, vaddr),
                        Math.min(end, vaddr + span),
                        visitor);
            }
        }
    }

    static void forEachTable(
            PhysicalMemory memory,
            long table,
            Level level,
            long start,
            long end,
            TableVisitor visitor) {
        long span = level.entrySpan();
        for (long vaddr = level.alignDown(start); vaddr < end; vaddr += span) {
            long entryPaddr = table + level.index(vaddr) * 8L;
            long entry = memory.readLong(entryPaddr);
            boolean isTable = level != Level.PTE && (entry & (Pte.P | Pte.PS)) == Pte.P;
            if (isTable
                    && visitor.visit(vaddr, level.below(), Pte.pfn(entry), entryPaddr)
                    && level.below() != Level.PTE) {
                forEachTable(
                        memory,
                        Pte.paddr(entry),
                        level.below(),
                        Math.max(start, vaddr),
                        Math.min(end, vaddr + span),
                        visitor);
            }
        }
    }
}
