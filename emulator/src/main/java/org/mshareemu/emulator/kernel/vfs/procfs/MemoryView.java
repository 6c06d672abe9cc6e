package org.mshareemu.emulator.kernel.vfs.procfs;

/// The memory of the machine as /proc shows it. Linux: si_meminfo(), global_node_page_state()
public interface MemoryView {
    MemoryStatus status();

    /// Counts of 4 KiB frames.
    ///
    /// @param total all there are
    /// @param free given to nobody
    /// @param fileCache file pages, those of memory file systems left out
    /// @param shmem pages of memory file systems and shared anonymous memory
    /// @param anonymous private pages
    /// @param mapped file and shmem pages that some process maps
    /// @param tables page tables
    /// @param kernel all other use by the kernel
    /// @param locked pages of locked areas
    /// @param commitLimit what may be promised without overcommit
    /// @param committed what has been promised
    record MemoryStatus(
            long total,
            long free,
            long fileCache,
            long shmem,
            long anonymous,
            long mapped,
            long tables,
            long kernel,
            long locked,
            long commitLimit,
            long committed) {}
}
