package org.mshareemu.emulator.kernel.vfs.overlay;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileStatus;
import org.mshareemu.emulator.kernel.vfs.Inode;

/// What an inode of the union stands on: an entry of the lower file system, held as long as the
/// inode lives.
///
/// @param dentry the entry below
/// @param status its attributes when it was found
record Below(Dentry dentry, FileStatus status) {
    static Below of(Dentry dentry) throws ErrnoException {
        FileStatus status = dentry.inode().getattr();
        dentry.inode().acquire();
        return new Below(dentry, status);
    }

    void release() {
        dentry.inode().release();
    }

    /// Gives an inode the attributes of the one below.
    void copyTo(Inode inode) {
        inode.setLinkCount(status.linkCount());
        inode.setTimes(status.atimeNanos(), status.mtimeNanos(), status.ctimeNanos());
    }
}
