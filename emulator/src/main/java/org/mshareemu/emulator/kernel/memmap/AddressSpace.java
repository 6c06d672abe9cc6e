package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.mmu.paging.PageTables;

/// An address space as files and plugins see it; `kernel.mm.Mm` is the one kind there is.
///
/// Linux: struct mm_struct
public interface AddressSpace {
    /// Physical address of the top-level table (PGD), as CR3 would hold it.
    long root();

    /// The tables of the machine, for reading and linking entries under [#root].
    PageTables pageTables();

    /// Maps memory. Linux: do_mmap() under mmap_lock
    ///
    /// @return the address chosen
    /// @throws ErrnoException as mmap(2)
    long mmap(MmapRequest request) throws ErrnoException;

    /// Unmaps all that lies in a range; holes are fine. Linux: do_munmap()
    ///
    /// @throws ErrnoException EINVAL for an unaligned start or a length of 0; as munmap(2)
    void munmap(long start, long lengthBytes) throws ErrnoException;

    /// The area that contains an address, or null. Linux: vma_lookup()
    @Nullable VmArea findArea(long vaddr);

    /// The first area that ends above an address, or null. Linux: find_vma()
    @Nullable VmArea findAreaFrom(long vaddr);

    /// The generic choice of an address. Linux: mm_get_unmapped_area()
    long getUnmappedArea(MmapRequest request) throws ErrnoException;

    /// A gap between areas, guard gaps respected. Linux: vm_unmapped_area()
    ///
    /// @return the start address, or -1 if there is no such gap
    long findFreeRange(FreeRange wanted);

    /// Whether a page-aligned range is free, guard gaps included.
    boolean isFree(long start, long lengthBytes);

    /// Where the top-down search begins. Linux: mm->mmap_base
    long mmapBase();

    /// Whether areas are placed bottom-up. Linux: MMF_TOPDOWN clear
    boolean isLegacyLayout();

    /// First address behind user space. Linux: mm->task_size
    long taskSize();

    /// Removes translations of file pages `[firstPage, lastPage)` of an area of this space, because
    /// the file gave them up. Linux: unmap_mapping_range() for one area
    void unmapFilePages(VmArea area, long firstPage, long lastPage, Zap zap);

    /// Memory for a shared mapping without a file; one reference belongs to the caller. Linux:
    /// shmem_zero_setup()
    ///
    /// @param vmFlags VM_NORESERVE decides whether the size is charged
    /// @throws ErrnoException ENOMEM if the size is charged and exceeds what may be committed
    SharedAnonymousFile createSharedAnonymous(long lengthBytes, long vmFlags) throws ErrnoException;

    /// Mapped pages in all areas. Linux: mm->total_vm
    long totalPages();

    /// Frames used for page tables, shared ones of other spaces not included. Linux:
    /// mm->pgtables_bytes / 4096
    long tableFrames();

    /// Removes every area and frees every table; the space is unusable afterwards. Linux:
    /// exit_mmap(), mmput()
    void destroy();

    /// What unmapping does to private copies of file pages.
    enum Zap {
        /// They stay (hole punching by reclaim). Linux: even_cows = 0
        FILE_PAGES_ONLY,
        /// They go too (truncation). Linux: even_cows = 1
        PRIVATE_COPIES_TOO
    }
}
