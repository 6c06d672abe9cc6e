package org.mshareemu.emulator.kernel.spi;

/// What an address space without a task should look like.
///
/// @param name for messages and table dumps
/// @param mmapBase lowest address for mappings. Linux: mm->mmap_base
/// @param taskSize first address not usable. Linux: mm->task_size
/// @param flushReach whom a change in its tables concerns
public record AddressSpaceRequest(
        String name, long mmapBase, long taskSize, FlushReach flushReach) {
    /// Which CPUs may hold translations made from the tables.
    public enum FlushReach {
        /// Those that run in this address space.
        OWN_CPUS,
        /// Any: its tables are linked into others. Linux: an mmu notifier that calls
        /// flush_tlb_all()
        ALL_CPUS
    }
}
