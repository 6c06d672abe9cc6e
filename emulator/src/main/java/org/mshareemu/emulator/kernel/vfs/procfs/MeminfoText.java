package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.vfs.procfs.MemoryView.MemoryStatus;

/// /proc/meminfo and /proc/vmstat. Linux: meminfo_proc_show(), vmstat_show()
final class MeminfoText {
    private static final int KIB_PER_PAGE = 4;
    private static final int VALUE_COLUMN = 16;
    private static final int VALUE_WIDTH = 8;
    private static final long VMALLOC_TOTAL_KIB = 34_359_738_367L;
    private static final long HUGE_PAGE_KIB = 2048;

    private final MemoryView memory;

    MeminfoText(MemoryView memory) {
        this.memory = memory;
    }

    String text() {
        MemoryStatus status = memory.status();
        StringBuilder out = new StringBuilder(1600);
        long cached = status.fileCache() + status.shmem();
        pages(out, "MemTotal", status.total());
        pages(out, "MemFree", status.free());
        pages(out, "MemAvailable", status.free() + status.fileCache());
        pages(out, "Buffers", 0);
        pages(out, "Cached", cached);
        pages(out, "SwapCached", 0);
        pages(out, "Active", status.anonymous() + status.shmem());
        pages(out, "Inactive", status.fileCache());
        pages(out, "Active(anon)", status.anonymous() + status.shmem());
        pages(out, "Inactive(anon)", 0);
        pages(out, "Active(file)", 0);
        pages(out, "Inactive(file)", status.fileCache());
        pages(out, "Unevictable", status.locked());
        pages(out, "Mlocked", status.locked());
        zeroes(out, "SwapTotal", "SwapFree", "Zswap", "Zswapped", "Dirty", "Writeback");
        pages(out, "AnonPages", status.anonymous());
        pages(out, "Mapped", status.mapped());
        pages(out, "Shmem", status.shmem());
        pages(out, "KReclaimable", 0);
        pages(out, "Slab", status.kernel());
        pages(out, "SReclaimable", 0);
        pages(out, "SUnreclaim", status.kernel());
        pages(out, "KernelStack", 0);
        pages(out, "PageTables", status.tables());
        zeroes(out, "SecPageTables", "NFS_Unstable", "Bounce", "WritebackTmp");
        pages(out, "CommitLimit", status.commitLimit());
        pages(out, "Committed_AS", status.committed());
        kib(out, "VmallocTotal", VMALLOC_TOTAL_KIB);
        zeroes(out, "VmallocUsed", "VmallocChunk", "Percpu");
        zeroes(out, "AnonHugePages", "ShmemHugePages", "ShmemPmdMapped");
        zeroes(out, "FileHugePages", "FilePmdMapped", "Balloon");
        count(out, "HugePages_Total");
        count(out, "HugePages_Free");
        count(out, "HugePages_Rsvd");
        count(out, "HugePages_Surp");
        kib(out, "Hugepagesize", HUGE_PAGE_KIB);
        pages(out, "Hugetlb", 0);
        pages(out, "DirectMap4k", status.total());
        zeroes(out, "DirectMap2M", "DirectMap1G");
        return out.toString();
    }

    private static void zeroes(StringBuilder out, String... names) {
        for (String name : names) {
            kib(out, name, 0);
        }
    }

    private static void pages(StringBuilder out, String name, long pages) {
        kib(out, name, pages * KIB_PER_PAGE);
    }

    private static void kib(StringBuilder out, String name, long kib) {
        value(out, name, kib).append(" kB\n");
    }

    private static void count(StringBuilder out, String name) {
        value(out, name, 0).append('\n');
    }

    private static StringBuilder value(StringBuilder out, String name, long value) {
        String digits = Long.toString(value);
        out.append(name).append(':').repeat(' ', Math.max(0, VALUE_COLUMN - name.length() - 1));
        return out.repeat(' ', Math.max(0, VALUE_WIDTH - digits.length())).append(digits);
    }

    /// The counters that are kept; names that are missing read as absent.
    String vmstat() {
        MemoryStatus status = memory.status();
        StringBuilder out = new StringBuilder();
        counter(out, "nr_free_pages", status.free());
        counter(out, "nr_mlock", status.locked());
        counter(out, "nr_active_anon", status.anonymous() + status.shmem());
        counter(out, "nr_inactive_file", status.fileCache());
        counter(out, "nr_anon_pages", status.anonymous());
        counter(out, "nr_mapped", status.mapped());
        counter(out, "nr_file_pages", status.fileCache() + status.shmem());
        counter(out, "nr_shmem", status.shmem());
        counter(out, "nr_page_table_pages", status.tables());
        return out.toString();
    }

    private static void counter(StringBuilder out, String name, long value) {
        out.append(name).append(' ').append(value).append('\n');
    }
}
