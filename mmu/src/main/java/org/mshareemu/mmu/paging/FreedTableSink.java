package org.mshareemu.mmu.paging;

/// Takes over tables that no entry points to any more; they may be freed once no CPU can reach
/// them.
@FunctionalInterface
public interface FreedTableSink {
    void tableFreed(long tablePfn);
}
