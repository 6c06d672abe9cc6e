package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;

import java.util.ArrayList;
import java.util.List;

/// One appearance of a file system, or of a part of it, in the tree. Linux: struct mount
///
/// Holds its super block. It dies when it is attached nowhere and nobody stands on it.
public final class Mount {
    private final Vfs vfs;
    private final SuperBlock superBlock;
    private final Dentry root;
    private final String source;
    private final int id;
    private long flags;
    private @Nullable Mount parent;
    private @Nullable Dentry mountPoint;
    private final List<Mount> children = new ArrayList<>();

    /// Open files, current directories and roots on it. Linux: mnt_count, the mount's own reference
    /// left out
    private int users;

    private int writers;
    private boolean attached;
    private boolean dead;

    /// umount2(2) with MNT_EXPIRE came by and nobody used the mount since. Linux: mnt_expiry_mark
    private boolean expiring;

    Mount(Vfs vfs, int id, SuperBlock superBlock, Dentry root, String source, long flags) {
        this.vfs = vfs;
        this.id = id;
        this.superBlock = superBlock;
        this.root = root;
        this.source = source;
        this.flags = flags;
        superBlock.acquire();
        root.inode().acquire();
    }

    public Vfs vfs() {
        return vfs;
    }

    public SuperBlock superBlock() {
        return superBlock;
    }

    /// The directory (or file) it shows. Linux: mnt_root
    public Dentry root() {
        return root;
    }

    /// The device it was mounted from, as shown in /proc/mounts.
    public String source() {
        return source;
    }

    /// Linux: mnt_id
    public int id() {
        return id;
    }

    /// MS_* of the mount and its super block.
    public boolean has(long flag) {
        return ((flags | superBlock.flags()) & flag) != 0;
    }

    /// MS_* of the mount alone.
    public long flags() {
        return flags;
    }

    public void setFlags(long newFlags) {
        flags = newFlags;
    }

    public boolean isReadOnly() {
        return has(MountFlags.MS_RDONLY);
    }

    /// What it is mounted on; null for the root of the tree and for mounts out of it.
    public @Nullable Mount parent() {
        return parent;
    }

    /// Where in [#parent].
    public @Nullable Dentry mountPoint() {
        return mountPoint;
    }

    public List<Mount> children() {
        return List.copyOf(children);
    }

    public boolean isAttached() {
        return attached;
    }

    /// Its root directory as a path.
    public Path rootPath() {
        return new Path(this, root);
    }

    void attachTo(@Nullable Path where) {
        attached = true;
        if (where != null) {
            parent = where.mount();
            mountPoint = where.dentry();
            where.mount().children.add(this);
            where.dentry().addMount(this);
            where.dentry().inode().acquire();
        }
    }

    void detach() {
        Mount above = parent;
        Dentry point = mountPoint;
        attached = false;
        parent = null;
        mountPoint = null;
        if (above != null && point != null) {
            above.children.remove(this);
            point.removeMount(this);
            point.inode().release();
        }
        dieIfUnused();
    }

    /// Linux: mntget()
    public void acquire() {
        if (dead) {
            throw new KernelBug("dead mount used: " + source);
        }
        users++;
        expiring = false;
    }

    /// Marks the mount as to go at the next such call.
    ///
    /// @return whether it was marked before and not used since
    public boolean markExpiring() {
        boolean before = expiring;
        expiring = true;
        return before;
    }

    /// Linux: mntput()
    public void release() {
        if (--users < 0) {
            throw new KernelBug("mount released too often: " + source);
        }
        dieIfUnused();
    }

    public int users() {
        return users;
    }

    private void dieIfUnused() {
        if (users == 0 && !attached && !dead) {
            dead = true;
            root.inode().release();
            superBlock.release();
        }
    }

    /// Someone is about to write. Linux: mnt_want_write()
    ///
    /// @throws ErrnoException EROFS
    public void checkWritable() throws ErrnoException {
        if (isReadOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    /// A file is opened for writing: until it is closed, the mount cannot be made read-only.
    void beginWrite() throws ErrnoException {
        checkWritable();
        writers++;
    }

    void endWrite() {
        writers--;
    }

    /// Files open for writing.
    public int writers() {
        return writers;
    }
}
