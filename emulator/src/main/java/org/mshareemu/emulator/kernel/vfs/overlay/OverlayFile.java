package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.FileStatus;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.MemoryFile;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.vfs.Path;

/// A regular file of the union: its data are those of the file below until somebody is about to
/// change them. Linux: ovl_copy_up()
final class OverlayFile extends MemoryFile {
    private static final FileOperations OPERATIONS = new OverlayFileOperations();
    private static final int CHUNK_BYTES = 1 << 16;

    private final OverlaySuperBlock overlay;
    private final @Nullable Below below;

    /// Whether the data are still below.
    private boolean lowerData;

    /// A new file.
    OverlayFile(OverlaySuperBlock overlay, int fullMode, int uid, int gid) {
        super(overlay, overlay.newNumber(), fullMode, uid, gid, PageSource.ZERO);
        this.overlay = overlay;
        this.below = null;
    }

    /// A file that is below.
    OverlayFile(OverlaySuperBlock overlay, Below below) {
        FileStatus status = below.status();
        super(
                overlay,
                status.inodeNumber(),
                status.mode(),
                status.uid(),
                status.gid(),
                PageSource.ZERO);
        this.overlay = overlay;
        this.below = below;
        this.lowerData = true;
        below.copyTo(this);
        setSize(status.sizeBytes());
    }

    @Override
    public FileOperations fileOperations() {
        return OPERATIONS;
    }

    /// What is done once the data are in memory.
    static FileOperations inMemory() {
        return memoryOperations();
    }

    boolean hasLowerData() {
        return lowerData;
    }

    @Override
    public PageCache pageCache() {
        Below lower = below;
        if (lowerData && lower != null) {
            PageCache pages = lower.dentry().inode().pageCache();
            if (pages != null) {
                return pages;
            }
        }
        return super.pageCache();
    }

    @Override
    public long blocks() {
        return lowerData ? (sizeBytes() + 511) / 512 : super.blocks();
    }

    /// Opens the file below for reading, as long as its data are in use.
    ///
    /// @return null if the data are in memory
    @Nullable OpenFile openLower(CallerContext caller) throws ErrnoException {
        Below lower = below;
        if (!lowerData || lower == null) {
            return null;
        }
        FileStatus now = lower.dentry().inode().getattr();
        if (now.sizeBytes() != sizeBytes()) {
            setSize(now.sizeBytes());
        }
        return Opening.openPath(
                new Path(overlay.lowerMount(), lower.dentry()),
                Fcntl.O_RDONLY | Fcntl.O_LARGEFILE,
                caller,
                Opening.FileAccess.ORDINARY);
    }

    /// Takes the data into memory.
    ///
    /// @param keepBytes how much of them is still wanted
    void copyUp(long keepBytes, CallerContext caller) throws ErrnoException {
        OpenFile lower = openLower(caller);
        if (lower == null) {
            return;
        }
        PageCache pages = super.pageCache();
        long length = Math.min(keepBytes, sizeBytes());
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (long at = 0; at < length; at += CHUNK_BYTES) {
                int wanted = (int) Math.min(CHUNK_BYTES, length - at);
                int count = FileIo.readFully(lower, at, chunk, 0, wanted, caller);
                if (count > 0) {
                    pages.write(at, new KernelIov(chunk, 0, count), count);
                }
            }
        } catch (ErrnoException e) {
            pages.removeFrom(0);
            throw e;
        } finally {
            lower.release();
        }
        lowerData = false;
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) throws ErrnoException {
        copyUp(newSizeBytes, caller);
        super.resize(newSizeBytes, caller);
    }

    @Override
    protected void evict() {
        super.evict();
        Below lower = below;
        if (lower != null) {
            overlay.forget(lower);
        }
    }
}
