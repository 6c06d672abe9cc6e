package org.mshareemu.mmu.paging;

/// Sees the leaf entries of a range in address order.
@FunctionalInterface
public interface LeafVisitor {
    /// `vaddr` is where the entry's span begins (for a large leaf this may lie before the range),
    /// `pte` what the entry holds. The visitor may write the entry; it must not free tables.
    void visit(long vaddr, Level level, long entryPaddr, long pte);
}
