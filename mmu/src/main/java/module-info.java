/// The memory-management unit: physical memory, page tables, TLB invalidation.
module org.mshareemu.mmu {
    requires static org.jspecify;
}
