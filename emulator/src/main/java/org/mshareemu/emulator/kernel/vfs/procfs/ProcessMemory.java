package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// The address space of a process as /proc shows it. Linux: struct mm_struct
public interface ProcessMemory {
    AddressSpace space();

    /// Reads and writes it as the kernel does for its own task.
    UserMemory user();

    MemorySizes sizes();

    MemoryLayout layout();

    /// The program, or null if there is none. Linux: mm->exe_file
    @Nullable Mappable exeFile();

    /// Entries that exec put on the stack, AT_NULL included. Linux: mm->saved_auxv
    byte[] auxiliaryVector();

    /// What is resident in one area. Linux: smap_gather_stats()
    AreaUsage usage(VmArea area);

    /// The entry of /proc/PID/pagemap for a page: frame number in bits 0-54, bit 61 page of a file
    /// or shared, bit 62 swapped, bit 63 present; 0 if nothing is mapped.
    long pagemapEntry(long vaddr);

    /// Sizes in pages. Linux: task_mem()
    ///
    /// @param total VmSize
    /// @param highestTotal VmPeak
    /// @param locked VmLck
    /// @param data private writable
    /// @param exec code
    /// @param stack growing down
    /// @param residentAnon RssAnon
    /// @param residentFile RssFile
    /// @param residentShmem RssShmem
    /// @param highestResident VmHWM
    /// @param tables frames of page tables
    record MemorySizes(
            long total,
            long highestTotal,
            long locked,
            long data,
            long exec,
            long stack,
            long residentAnon,
            long residentFile,
            long residentShmem,
            long highestResident,
            long tables) {
        /// Linux: get_mm_rss()
        public long resident() {
            return residentAnon + residentFile + residentShmem;
        }
    }

    /// Where the parts of the program are. Linux: start_code … env_end, brk of struct mm_struct
    record MemoryLayout(
            long startCode,
            long endCode,
            long startData,
            long endData,
            long startBrk,
            long brk,
            long startStack,
            long argStart,
            long argEnd,
            long envStart,
            long envEnd) {}

    /// Resident memory of an area in pages. Linux: struct mem_size_stats
    ///
    /// @param sharedClean mapped more than once, not written
    /// @param sharedDirty mapped more than once, written
    /// @param privateClean mapped here only, not written
    /// @param privateDirty mapped here only, written
    /// @param referenced with the accessed bit
    /// @param anonymous pages of no file
    /// @param proportionalBytes Pss: each page's size divided by the number of its mappings
    /// @param proportionalDirtyBytes the same of the written pages
    record AreaUsage(
            long sharedClean,
            long sharedDirty,
            long privateClean,
            long privateDirty,
            long referenced,
            long anonymous,
            long proportionalBytes,
            long proportionalDirtyBytes) {
        /// Nothing resident.
        public static final AreaUsage NONE = new AreaUsage(0, 0, 0, 0, 0, 0, 0, 0);

        /// Rss.
        public long resident() {
            return sharedClean + sharedDirty + privateClean + privateDirty;
        }

        /// The sum of two areas.
        public AreaUsage plus(AreaUsage other) {
            return new AreaUsage(
                    sharedClean + other.sharedClean,
                    sharedDirty + other.sharedDirty,
                    privateClean + other.privateClean,
                    privateDirty + other.privateDirty,
                    referenced + other.referenced,
                    anonymous + other.anonymous,
                    proportionalBytes + other.proportionalBytes,
                    proportionalDirtyBytes + other.proportionalDirtyBytes);
        }
    }
}
