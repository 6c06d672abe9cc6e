package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.mmu.tlb.TlbBatch;

/// What a backing decides about its areas. The defaults are those of plain memory.
///
/// Linux: struct vm_operations_struct, with the two hooks that mshare adds (redirect: patch 13,
/// find_shared_vma(); unmapPageRange: patch 11)
public interface VmOperations {
    /// Private memory that starts as zeroes. Linux: vm_ops = NULL, vma_set_anonymous()
    VmOperations ANONYMOUS = new VmOperations() {};

    /// Result of [#fault]: no page there (beyond the end of the file, I/O error).
    long FAULT_SIGBUS = -1;

    /// Result of [#fault]: no memory.
    long FAULT_OOM = -2;

    /// The area was copied by fork or split. Linux: vm_ops->open
    default void open(VmArea area) {}

    /// The area is going away; its pages are already unmapped. Linux: vm_ops->close
    default void close(VmArea area) {}

    /// Whether [#close] has to be called for each area, so that none may disappear in a merge.
    /// Linux: vm_ops->close != NULL
    default boolean needsClose() {
        return false;
    }

    /// May the area be cut in two at `vaddr`? Linux: vm_ops->may_split
    ///
    /// @throws ErrnoException EINVAL if not
    default void maySplit(VmArea area, long vaddr) throws ErrnoException {}

    /// May the protection of a part be changed? Linux: vm_ops->mprotect
    ///
    /// @param newFlags the VM_* flags it would get
    /// @throws ErrnoException the error for mprotect(2)
    default void mprotect(VmArea area, long start, long end, long newFlags) throws ErrnoException {}

    /// May the area be moved by mremap(2)? Linux: vm_ops->mremap
    ///
    /// @throws ErrnoException the error for mremap(2)
    default void mremap(VmArea area) throws ErrnoException {}

    /// Where a fault in this area is really to be handled.
    default FaultTarget redirect(VmArea area, long vaddr) {
        return FaultTarget.HERE;
    }

    /// Brings in a page that the page tables lack. Linux: vm_ops->fault
    ///
    /// @param pageOffset the page of the backing object
    /// @return its frame number with a reference for the caller, or [#FAULT_SIGBUS], [#FAULT_OOM]
    default long fault(VmArea area, long pageOffset) {
        return FAULT_SIGBUS;
    }

    /// Called wherever the kernel would remove the translations of a part of the area: munmap,
    /// exit, exec, replacement by MAP_FIXED, MADV_DONTNEED.
    ///
    /// @param batch takes the flush that is due
    /// @return whether the operations did the removal themselves
    default Unmapping unmapPageRange(VmArea area, long start, long end, TlbBatch batch) {
        return Unmapping.GENERIC;
    }

    /// The name /proc/PID/maps shows instead of a file's path. Linux: vm_ops->name
    default @Nullable String name(VmArea area) {
        return null;
    }

    /// Who removes translations.
    enum Unmapping {
        /// The memory manager, entry by entry.
        GENERIC,
        /// The operations have done it.
        DONE
    }
}
