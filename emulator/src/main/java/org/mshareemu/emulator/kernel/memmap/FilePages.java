package org.mshareemu.emulator.kernel.memmap;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// The operations of areas whose pages come from a [PageCache].
///
/// Linux: generic_file_vm_ops (filemap_fault()), shmem_vm_ops (shmem_fault())
public final class FilePages implements VmOperations {
    /// The one instance: it keeps nothing.
    public static final FilePages OPERATIONS = new FilePages();

    private FilePages() {}

    @Override
    public long fault(VmArea area, long pageOffset) {
        PageCache pages = area.pages();
        Mappable file = area.file();
        if (pages == null || file == null || pageOffset >= sizePages(file)) {
            return FAULT_SIGBUS;
        }
        try {
            return pages.acquire(pageOffset);
        } catch (ErrnoException e) {
            return e.errno() == Errno.ENOMEM ? FAULT_OOM : FAULT_SIGBUS;
        }
    }

    /// Index of the file's last page, the partial one included; -1 for an empty file.
    public static long lastPage(VmArea area) {
        Mappable file = area.file();
        return file == null ? -1 : sizePages(file) - 1;
    }

    /// Pages of the file, the partial last one included.
    private static long sizePages(Mappable file) {
        return (file.sizeBytes() + PhysicalMemory.PAGE_SIZE - 1) >>> PhysicalMemory.PAGE_SHIFT;
    }
}
