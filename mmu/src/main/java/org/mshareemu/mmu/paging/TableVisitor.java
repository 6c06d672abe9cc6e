package org.mshareemu.mmu.paging;

/// Sees the tables of a root, each before the tables below it.
@FunctionalInterface
public interface TableVisitor {
    /// A table of `level` that spans from `vaddr`; `entryPaddr` is the entry that points to it, -1
    /// for the root. Returns whether to go on below it.
    boolean visit(long vaddr, Level level, long tablePfn, long entryPaddr);
}
