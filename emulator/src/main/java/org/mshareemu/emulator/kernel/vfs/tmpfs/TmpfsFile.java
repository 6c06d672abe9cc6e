package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.mshareemu.emulator.kernel.vfs.MemoryFile;

/// A regular file of tmpfs, or a memfd.
final class TmpfsFile extends MemoryFile {
    private final TmpfsSuperBlock tmpfs;

    TmpfsFile(TmpfsSuperBlock superBlock, long number, int mode, int uid, int gid) {
        super(superBlock, number, mode, uid, gid, superBlock.pages());
        this.tmpfs = superBlock;
    }

    @Override
    protected long maxPages() {
        return tmpfs.maxPages();
    }

    @Override
    protected void evict() {
        super.evict();
        tmpfs.freeInode();
    }
}
