/// The memory-management unit: physical memory, page tables, TLB invalidation.
module org.mshareemu.mmu {
    exports org.mshareemu.mmu.annotation;

    requires static org.jspecify;
}
