/// The memory-management unit: physical memory, page tables, TLB invalidation.
module org.mshareemu.mmu {
    exports org.mshareemu.mmu.annotation;
    exports org.mshareemu.mmu.paging;
    exports org.mshareemu.mmu.phys;
    exports org.mshareemu.mmu.tlb;

    requires static org.jspecify;
}
