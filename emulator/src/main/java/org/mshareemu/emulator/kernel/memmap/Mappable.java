package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// What an address space needs of an open file.
///
/// Linux: the part of struct file and its operations that mm uses
public interface Mappable {
    /// Gives a new area its operations, pages and extra flags. Linux: f_op->mmap
    ///
    /// @throws ErrnoException ENODEV if the file cannot be mapped, or what it objects to
    void mapped(VmArea area) throws ErrnoException;

    /// Whether the file has an mmap operation at all (ENODEV is reported in a fixed order).
    boolean isMappable();

    /// Picks the address. Linux: f_op->get_unmapped_area
    ///
    /// @return a page-aligned address
    default long getUnmappedArea(AddressSpace space, MmapRequest request) throws ErrnoException {
        return space.getUnmappedArea(request);
    }

    /// Opened for reading. Linux: FMODE_READ
    boolean isOpenForReading();

    /// Opened for writing. Linux: FMODE_WRITE
    boolean isOpenForWriting();

    /// On a mount with noexec. Linux: path_noexec()
    boolean isNoExec();

    /// Write-sealed (F_SEAL_WRITE), so that no writable shared mapping may be made.
    default boolean isWriteSealed() {
        return false;
    }

    /// Size in bytes now; faults behind it raise SIGBUS.
    long sizeBytes();

    /// Pages in memory, or null if there is no page cache behind it. Linux: f_mapping
    @Nullable PageCache pageCache();

    /// Takes dirty pages and metadata to where they are kept. Linux: vfs_fsync_range()
    ///
    /// @param firstByte first byte of the range
    /// @param lastByte last byte of the range, inclusive as in Linux
    /// @throws ErrnoException EIO, or EINVAL if the file cannot be synchronised
    default void sync(long firstByte, long lastByte) throws ErrnoException {}

    /// Punches a hole for MADV_REMOVE. Linux: vfs_fallocate() with FALLOC_FL_PUNCH_HOLE
    ///
    /// @throws ErrnoException EOPNOTSUPP if the file has no holes
    default void punchHole(long offsetBytes, long lengthBytes) throws ErrnoException {
        throw Errno.EOPNOTSUPP.exception();
    }

    /// One more holder. Linux: get_file()
    void acquire();

    /// One holder less; the last one closes. Linux: fput()
    void release();

    /// What /proc/PID/maps shows: the path, with " (deleted)" once unlinked.
    String displayPath();

    /// Inode number.
    long inodeNumber();

    /// Device number, encoded as stat(2) has it.
    long deviceNumber();
}
