package org.mshareemu.emulator.kernel.memmap;

import org.mshareemu.emulator.kernel.KernelBug;

/// The nameless file behind shared anonymous memory: MAP_SHARED with MAP_ANONYMOUS, a shared
/// mapping of /dev/zero, a System V segment. It starts with one reference, its creator's.
///
/// Linux: shmem_kernel_file_setup()
public final class SharedAnonymousFile implements Mappable {
    /// What /proc/PID/maps shows for MAP_SHARED | MAP_ANONYMOUS.
    public static final String DEV_ZERO = "/dev/zero (deleted)";

    /// The kernel-internal tmpfs mount, device 0:1. Linux: shm_mnt
    public static final long DEVICE_NUMBER = 1;

    private final PageCache pages;
    private final long sizeBytes;
    private final long inodeNumber;
    private final String displayPath;
    private final Runnable onClose;
    private int references = 1;

    /// @param pages an empty cache over [PageSource#ZERO]; closed with the last reference
    /// @param sizeBytes fixed size; pages behind it raise SIGBUS
    /// @param inodeNumber shown in /proc/PID/maps
    /// @param displayPath shown in /proc/PID/maps
    /// @param onClose run with the last reference; gives the commit charge back
    public SharedAnonymousFile(
            PageCache pages,
            long sizeBytes,
            long inodeNumber,
            String displayPath,
            Runnable onClose) {
        this.pages = pages;
        this.sizeBytes = sizeBytes;
        this.inodeNumber = inodeNumber;
        this.displayPath = displayPath;
        this.onClose = onClose;
    }

    @Override
    public void mapped(VmArea area) {
        area.setPages(pages);
        area.setOperations(FilePages.OPERATIONS);
    }

    @Override
    public boolean isMappable() {
        return true;
    }

    @Override
    public boolean isOpenForReading() {
        return true;
    }

    @Override
    public boolean isOpenForWriting() {
        return true;
    }

    @Override
    public boolean isNoExec() {
        return false;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public PageCache pageCache() {
        return pages;
    }

    @Override
    public void punchHole(long offsetBytes, long lengthBytes) {
        long first = (offsetBytes + 4095) >>> 12;
        long last = (offsetBytes + lengthBytes) >>> 12;
        if (first < last) {
            pages.remove(first, last);
        }
    }

    @Override
    public void acquire() {
        if (references <= 0) {
            throw new KernelBug("shared anonymous file " + inodeNumber + " used after its end");
        }
        references++;
    }

    @Override
    public void release() {
        if (references <= 0) {
            throw new KernelBug("shared anonymous file " + inodeNumber + " released too often");
        }
        if (--references == 0) {
            pages.close();
            onClose.run();
        }
    }

    @Override
    public String displayPath() {
        return displayPath;
    }

    @Override
    public long inodeNumber() {
        return inodeNumber;
    }

    @Override
    public long deviceNumber() {
        return DEVICE_NUMBER;
    }
}
