package org.mshareemu.mmu.phys;

/// What a frame is used for. The order is stored in [FrameTable]; `FREE` must stay first because
/// untouched records read as zero.
///
/// Linux: the page type and the counters of /proc/meminfo
public enum FrameUse {
    /// Not allocated.
    FREE(0),
    /// Never handed out: frame 0, so that 0 can mean "no frame" in an entry.
    RESERVED(1),
    /// Holds a page table of any level. Linux: PG_table
    PAGE_TABLE(2),
    /// Private anonymous memory. Linux: AnonPages
    ANON(3),
    /// Contents of a file. Linux: Cached
    PAGE_CACHE(4),
    /// Shared anonymous memory and tmpfs. Linux: Shmem
    SHMEM(5),
    /// A huge page of hugetlbfs.
    HUGETLB(6),
    /// Anything else the kernel keeps for itself.
    KERNEL(7);

    /// How many uses there are.
    public static final int COUNT = 8;

    private static final FrameUse[] USES = values();

    private final int code;

    FrameUse(int code) {
        this.code = code;
    }

    /// The number that stands in a frame's record.
    int code() {
        return code;
    }

    static FrameUse ofCode(int code) {
        return USES[code];
    }
}
