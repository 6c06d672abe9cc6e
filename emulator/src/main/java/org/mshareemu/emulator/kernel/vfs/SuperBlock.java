package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;

/// One mounted instance of a file system. Linux: struct super_block
///
/// It lives as long as a mount shows it ([#acquire], [#release]); then every inode is evicted.
public abstract class SuperBlock {
    private final Vfs vfs;
    private final String typeName;
    private final long magic;
    private final long device;
    private long flags;
    private @Nullable Dentry root;
    private int users;
    private boolean dead;

    /// @param vfs the machine's file side
    /// @param typeName name of the file-system type
    /// @param magic f_type of statfs(2)
    /// @param flags MS_* that belong to the super block
    protected SuperBlock(Vfs vfs, String typeName, long magic, long flags) {
        this.vfs = vfs;
        this.typeName = typeName;
        this.magic = magic;
        this.flags = flags;
        this.device = vfs.nextAnonymousDevice();
    }

    public final Vfs vfs() {
        return vfs;
    }

    public final String typeName() {
        return typeName;
    }

    public final long magic() {
        return magic;
    }

    /// st_dev of its files.
    public final long device() {
        return device;
    }

    /// MS_* of the super block.
    public final long flags() {
        return flags;
    }

    /// For mount(2) with MS_REMOUNT.
    public final void setFlags(long newFlags) {
        flags = newFlags;
    }

    public final boolean isReadOnly() {
        return (flags & MountFlags.MS_RDONLY) != 0;
    }

    /// The root directory.
    public final Dentry root() {
        Dentry known = root;
        if (known == null) {
            throw new KernelBug("super block without a root: " + typeName);
        }
        return known;
    }

    /// To be called once, by the file system, with the root directory's inode.
    protected final void setRoot(Inode inode) {
        root = Dentry.root(this, inode);
    }

    /// Now, in nanoseconds since the epoch, as inodes of this super block record it. Linux:
    /// current_time()
    public final long now() {
        return vfs.clock().realtimeNanos();
    }

    /// Linux: s_maxbytes
    public long maxFileBytes() {
        return Long.MAX_VALUE;
    }

    /// Linux: s_op->statfs
    public FileSystemStatus statfs() throws ErrnoException {
        return FileSystemStatus.simple(magic);
    }

    /// Options shown in /proc/mounts behind `rw`, each with a comma in front. Linux:
    /// s_op->show_options
    public String showOptions() {
        return "";
    }

    /// mount(2) with MS_REMOUNT changed the flags or options. Linux: fc->ops->reconfigure
    public void remount(String options) throws ErrnoException {}

    /// The name of an entry that is in no directory, such as `pipe:[17]`; null for ordinary ones.
    /// Linux: d_dname
    public @Nullable String dynamicName(Dentry dentry) {
        return null;
    }

    /// Writes out what is not yet on stable storage. Linux: s_op->sync_fs
    public void sync() throws ErrnoException {}

    /// Gives back memory that can be had again. Linux: the super block's shrinker
    public void shrink() {}

    /// The last mount is gone; the inodes have been evicted. Linux: s_op->put_super
    protected void shutDown() {}

    /// Whether it may still be mounted.
    public final boolean isAlive() {
        return !dead;
    }

    /// Made for a mount that failed: dies now unless another mount shows it.
    public final void discardIfUnused() {
        acquire();
        release();
    }

    /// A mount more.
    final void acquire() {
        users++;
    }

    /// A mount less. Linux: deactivate_super()
    final void release() {
        if (--users == 0 && !dead) {
            dead = true;
            Dentry top = root;
            if (top != null) {
                for (Dentry child : top.childList()) {
                    child.drop();
                }
                top.inode().unnamed();
            }
            shutDown();
        }
    }
}
