package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;

/// When reading changes the access time. Linux: atime_needs_update(), relatime_need_update()
public final class AccessTime {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private AccessTime() {}

    /// A file was read. Linux: file_accessed()
    public static void touch(OpenFile file) {
        if ((file.flags() & Fcntl.O_NOATIME) == 0) {
            touch(file.path().mount(), file.inode());
        }
    }

    /// An inode was read through a mount. Linux: touch_atime()
    public static void touch(Mount mount, Inode inode) {
        if (mount.has(MountFlags.MS_NOATIME) || mount.isReadOnly()) {
            return;
        }
        if (mount.has(MountFlags.MS_NODIRATIME) && inode.isDirectory()) {
            return;
        }
        long now = inode.superBlock().now();
        if (mount.has(MountFlags.MS_RELATIME)
                && inode.atimeNanos() > inode.mtimeNanos()
                && inode.atimeNanos() > inode.ctimeNanos()
                && now - inode.atimeNanos() < DAY_NANOS) {
            return;
        }
        inode.setTimes(now, inode.mtimeNanos(), inode.ctimeNanos());
    }
}
