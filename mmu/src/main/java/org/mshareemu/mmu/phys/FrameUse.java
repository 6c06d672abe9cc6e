package org.mshareemu.mmu.phys;

/// What a frame is used for. The order is stored in [FrameTable]; `FREE` must stay first because untouched records read as zero.
///
/// Linux: the page type and the counters of /proc/meminfo
public enum FrameUse {
    /// Not allocated.
    FREE,
    /// Never handed out: frame 0, so that 0 can mean "no frame" in an entry.
    RESERVED,
    /// Holds a page table of any level. Linux: PG_table
    PAGE_TABLE,
    /// Private anonymous memory. Linux: AnonPages
    ANON,
    /// Contents of a file. Linux: Cached
    PAGE_CACHE,
    /// Shared anonymous memory and tmpfs. Linux: Shmem
    SHMEM,
    /// A huge page of hugetlbfs.
    HUGETLB,
    /// Anything else the kernel keeps for itself.
    KERNEL
}
