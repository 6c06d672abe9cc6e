package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

/// The file that address spaces run: as long as one does, nobody may open it for writing.
///
/// Linux: mm->exe_file with exe_file_deny_write_access()
public final class ExecutedFile implements Mappable {
    private final OpenFile file;
    private int holders = 1;

    /// Takes over the caller's reference.
    ///
    /// @throws ErrnoException ETXTBSY if somebody writes to it; the reference stays the caller's
    ExecutedFile(OpenFile file) throws ErrnoException {
        file.inode().denyWrite();
        this.file = file;
    }

    /// The file itself.
    public OpenFile file() {
        return file;
    }

    @Override
    public void acquire() {
        holders++;
    }

    @Override
    public void release() {
        if (--holders == 0) {
            file.inode().allowWrite();
            file.release();
        }
    }

    @Override
    public void mapped(VmArea area) throws ErrnoException {
        file.mapped(area);
    }

    @Override
    public boolean isMappable() {
        return file.isMappable();
    }

    @Override
    public boolean isOpenForReading() {
        return file.isOpenForReading();
    }

    @Override
    public boolean isOpenForWriting() {
        return false;
    }

    @Override
    public boolean isNoExec() {
        return false;
    }

    @Override
    public long sizeBytes() {
        return file.sizeBytes();
    }

    @Override
    public @Nullable PageCache pageCache() {
        return file.pageCache();
    }

    @Override
    public String displayPath() {
        return file.displayPath();
    }

    @Override
    public long inodeNumber() {
        return file.inodeNumber();
    }

    @Override
    public long deviceNumber() {
        return file.deviceNumber();
    }
}
