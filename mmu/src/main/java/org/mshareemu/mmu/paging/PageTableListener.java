package org.mshareemu.mmu.paging;

/// Told of changes the kernel makes to tables; changes by walks (A and D) are not reported.
public interface PageTableListener {
    /// An entry of any level is about to change from `before` to `after`.
    default void entryWritten(long entryPaddr, long before, long after) {}

    /// A table was allocated; `ownerRoot` is the root it belongs to. For a root, `level` is PGD.
    default void tableAllocated(long ownerRoot, long tablePfn, Level level) {}

    /// No entry points to the table any more.
    default void tableFreed(long ownerRoot, long tablePfn, Level level) {}

    /// The entry of `root` for `vaddr` now points to a table of another root.
    default void tableLinked(long root, long vaddr, Level level, long tablePfn) {}

    /// The entry of `root` for `vaddr` no longer points to a table of another root.
    default void tableUnlinked(long root, long vaddr, Level level, long tablePfn) {}
}
