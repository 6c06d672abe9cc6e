package org.mshareemu.emulator.kernel.vfs;

/// A place in the tree of mounted file systems. Linux: struct path
///
/// @param mount through which mount it is seen
/// @param dentry the name there
public record Path(Mount mount, Dentry dentry) {
    /// What stands there.
    public Inode inode() {
        return dentry.inode();
    }

    /// One more long-lived holder: an open file, a current directory. Linux: path_get()
    public void acquire() {
        mount.acquire();
        dentry.inode().acquire();
    }

    /// One holder less. Linux: path_put()
    public void release() {
        dentry.inode().release();
        mount.release();
    }

    /// Whether both name the same place.
    public boolean isSame(Path other) {
        return mount == other.mount && dentry == other.dentry;
    }
}
