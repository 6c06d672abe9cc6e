package org.mshareemu.mmu.tlb;

/// Whoever holds translations: the CPUs. A CPU holds those of its loaded root only (there are no
/// PCIDs).
public interface TlbInvalidator {
    /// Drops the translations of every CPU that has `root` loaded. Linux: flush_tlb_mm()
    void flushAddressSpace(long root);

    /// Drops the translations of every CPU. Linux: flush_tlb_all()
    void flushAll();
}
