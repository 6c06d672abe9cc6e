package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_EXEC;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_GROWSDOWN;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SHARED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_WRITE;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.mmu.phys.FrameUse;

/// Sizes of one address space in pages: what is mapped by kind of area, and what is resident by
/// kind of frame. Shown in /proc/PID/status and statm.
///
/// Linux: total_vm, data_vm, exec_vm, stack_vm, locked_vm, rss_stat, hiwater_* of struct mm_struct
public final class MmCounters {
    private long total;
    private long data;
    private long exec;
    private long stack;
    private long locked;
    private long residentAnon;
    private long residentFile;
    private long residentShmem;
    private long highestTotal;
    private long highestResident;

    /// Linux: VmSize, mm->total_vm
    public long total() {
        return total;
    }

    /// Private writable areas. Linux: mm->data_vm
    public long data() {
        return data;
    }

    /// Executable areas that cannot be written. Linux: mm->exec_vm
    public long exec() {
        return exec;
    }

    /// Areas that grow down. Linux: mm->stack_vm
    public long stack() {
        return stack;
    }

    /// Linux: VmLck, mm->locked_vm
    public long locked() {
        return locked;
    }

    /// Linux: RssAnon, MM_ANONPAGES
    public long residentAnon() {
        return residentAnon;
    }

    /// Linux: RssFile, MM_FILEPAGES
    public long residentFile() {
        return residentFile;
    }

    /// Linux: RssShmem, MM_SHMEMPAGES
    public long residentShmem() {
        return residentShmem;
    }

    /// Linux: VmRSS, get_mm_rss()
    public long resident() {
        return residentAnon + residentFile + residentShmem;
    }

    /// Linux: VmPeak
    public long highestTotal() {
        return Math.max(highestTotal, total);
    }

    /// Linux: VmHWM
    public long highestResident() {
        return Math.max(highestResident, resident());
    }

    /// Linux: vm_stat_account()
    void addArea(long vmFlags, long pages) {
        total += pages;
        if (isExec(vmFlags)) {
            exec += pages;
        } else if (isStack(vmFlags)) {
            stack += pages;
        } else if (isData(vmFlags)) {
            data += pages;
        }
        if (pages > 0) {
            highestTotal = Math.max(highestTotal, total);
        }
    }

    void addLocked(long pages) {
        locked += pages;
    }

    /// Counts pages of a frame's kind in or out of the resident set.
    void addResident(FrameUse use, long pages) {
        if (pages < 0) {
            highestResident = Math.max(highestResident, resident());
        }
        switch (use) {
            case ANON -> residentAnon += pages;
            case PAGE_CACHE -> residentFile += pages;
            case SHMEM -> residentShmem += pages;
            case FREE, RESERVED, PAGE_TABLE, HUGETLB, KERNEL ->
                    throw new KernelBug("frames of use " + use + " in a resident set");
        }
    }

    /// A forked child starts with its parent's sizes and nothing locked or resident.
    void copySizes(MmCounters parent) {
        total = parent.total;
        data = parent.data;
        exec = parent.exec;
        stack = parent.stack;
        highestTotal = total;
    }

    /// Linux: is_exec_mapping()
    static boolean isExec(long vmFlags) {
        return (vmFlags & (VM_EXEC | VM_WRITE | VM_GROWSDOWN)) == VM_EXEC;
    }

    /// Linux: is_stack_mapping()
    static boolean isStack(long vmFlags) {
        return (vmFlags & VM_GROWSDOWN) != 0;
    }

    /// Linux: is_data_mapping()
    static boolean isData(long vmFlags) {
        return (vmFlags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE;
    }
}
