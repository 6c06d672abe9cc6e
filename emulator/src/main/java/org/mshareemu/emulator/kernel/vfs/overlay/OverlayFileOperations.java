package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.vfs.AccessTime;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Seek;

/// An open regular file of the union. Its attachment is the open file below, if the data were there
/// when it was opened; once they are in memory, reads take them from there. Linux:
/// ovl_file_operations
final class OverlayFileOperations implements FileOperations {
    private static OverlayFile of(OpenFile file) {
        return (OverlayFile) file.inode();
    }

    /// The open file below, or null if the data are in memory now.
    private static @Nullable OpenFile lower(OpenFile file) {
        return of(file).hasLowerData() && file.attachment() instanceof OpenFile lower
                ? lower
                : null;
    }

    private static FileOperations memory() {
        return OverlayFile.inMemory();
    }

    @Override
    public void open(OpenFile file, CallerContext caller) throws ErrnoException {
        OverlayFile inode = of(file);
        if (file.isOpenForWriting()) {
            inode.copyUp(inode.sizeBytes(), caller);
        }
        file.setAttachment(inode.openLower(caller));
    }

    @Override
    public void release(OpenFile file) {
        if (file.attachment() instanceof OpenFile lower) {
            lower.release();
        }
    }

    @Override
    public long read(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        OpenFile lower = lower(file);
        if (lower == null) {
            return memory().read(file, to, position, caller);
        }
        AccessTime.touch(file);
        return lower.operations().read(lower, to, position, caller);
    }

    @Override
    public long write(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        return memory().write(file, from, position, caller);
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
        boolean sparse = whence == Fcntl.SEEK_DATA || whence == Fcntl.SEEK_HOLE;
        if (sparse && !of(file).hasLowerData()) {
            return memory().llseek(file, offset, whence);
        }
        return Seek.generic(file, offset, whence, of(file).sizeBytes(), Long.MAX_VALUE);
    }

    @Override
    public boolean isMappable(OpenFile file) {
        return true;
    }

    @Override
    public void mapped(OpenFile file, VmArea area) throws ErrnoException {
        OpenFile lower = lower(file);
        if (lower == null) {
            memory().mapped(file, area);
        } else {
            lower.operations().mapped(lower, area);
        }
    }

    @Override
    public void fallocate(
            OpenFile file, int mode, long offset, long lengthBytes, CallerContext caller)
            throws ErrnoException {
        memory().fallocate(file, mode, offset, lengthBytes, caller);
    }

    @Override
    public void fsync(OpenFile file, Sync sync) {}

    @Override
    public boolean isDirectCapable() {
        return true;
    }
}
