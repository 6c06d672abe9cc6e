package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;

import java.util.ArrayList;
import java.util.List;

/// The tree of mounts. Linux: struct mnt_namespace
public final class MountNamespace {
    private final Vfs vfs;
    private final List<Mount> mounts = new ArrayList<>();

    /// Each held once from here.
    private final List<Mount> internalMounts = new ArrayList<>();

    private int nextId = 21;

    MountNamespace(Vfs vfs) {
        this.vfs = vfs;
    }

    /// Mounts in the order in which they were made, as /proc/mounts lists them.
    public List<Mount> mounts() {
        return List.copyOf(mounts);
    }

    /// The root of the tree: the first mount.
    public Mount root() {
        return mounts.getFirst();
    }

    /// As [#root], or null before anything is mounted.
    @Nullable Mount rootOrNull() {
        return mounts.isEmpty() ? null : mounts.getFirst();
    }

    /// The root directory with what is mounted over it.
    public Path rootPath() {
        return topOf(root().rootPath());
    }

    /// What is seen at a place: the root of the topmost mount there. Linux: follow_down()
    public Path topOf(Path place) {
        Path at = place;
        for (Mount over = at.dentry().mountedOn(at.mount());
                over != null;
                over = at.dentry().mountedOn(at.mount())) {
            at = over.rootPath();
        }
        return at;
    }

    /// A mount that is attached nowhere, such as that of pipes. Linux: kern_mount()
    public Mount internalMount(SuperBlock superBlock, String source) {
        Mount mount = new Mount(vfs, nextId++, superBlock, superBlock.root(), source, 0);
        mount.acquire();
        internalMounts.add(mount);
        return mount;
    }

    /// Lets go of the mounts that were attached nowhere, when the machine is switched off.
    void releaseInternal() {
        internalMounts.forEach(Mount::release);
        internalMounts.clear();
    }

    /// Mounts the first file system.
    public Mount mountRoot(SuperBlock superBlock, String source, long flags) {
        Mount mount = new Mount(vfs, nextId++, superBlock, superBlock.root(), source, flags);
        mount.attachTo(null);
        mounts.add(mount);
        return mount;
    }

    /// Mounts a super block at a place. Linux: do_new_mount(), graft_tree()
    ///
    /// @throws ErrnoException ENOTDIR if one is a directory and the other is not
    public Mount mount(SuperBlock superBlock, String source, Path where, long flags)
            throws ErrnoException {
        return attach(superBlock, superBlock.root(), source, where, flags);
    }

    /// Shows a directory or file at a second place. Linux: do_loopback()
    ///
    /// @throws ErrnoException EINVAL, ENOTDIR
    public Mount bind(Path from, Path where) throws ErrnoException {
        Mount source = from.mount();
        return attach(source.superBlock(), from.dentry(), source.source(), where, source.flags());
    }

    /// As [#bind], with everything mounted below. Linux: MS_BIND | MS_REC
    public Mount bindTree(Path from, Path where) throws ErrnoException {
        List<Mount> below = from.mount().children();
        Mount top = bind(from, where);
        for (Mount child : below) {
            Dentry point = child.mountPoint();
            if (point != null && child != top && point.isBelow(from.dentry())) {
                bindTree(child.rootPath(), new Path(top, point));
            }
        }
        return top;
    }

    private Mount attach(SuperBlock superBlock, Dentry root, String source, Path where, long flags)
            throws ErrnoException {
        if (root.inode().isDirectory() != where.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (where.dentry().isDeleted()) {
            throw Errno.ENOENT.exception();
        }
        Mount mount = new Mount(vfs, nextId++, superBlock, root, source, flags);
        mount.attachTo(topOf(where));
        mounts.add(mount);
        return mount;
    }

    /// Moves a mount. Linux: do_move_mount()
    ///
    /// @throws ErrnoException EINVAL, ELOOP, ENOTDIR
    public void move(Path from, Path where) throws ErrnoException {
        Mount mount = from.mount();
        if (from.dentry() != mount.root() || mount.parent() == null) {
            throw Errno.EINVAL.exception();
        }
        if (from.inode().isDirectory() != where.inode().isDirectory()) {
            throw Errno.EINVAL.exception();
        }
        for (Mount at = where.mount(); at != null; at = at.parent()) {
            if (at == mount) {
                throw Errno.ELOOP.exception();
            }
        }
        mount.acquire();
        mount.detach();
        mount.attachTo(topOf(where));
        mount.release();
    }

    /// Removes a mount. Linux: do_umount()
    ///
    /// @param flags MNT_*
    /// @throws ErrnoException EBUSY while somebody stands on it or something is mounted below;
    ///   EINVAL for the root
    public void umount(Mount mount, int flags) throws ErrnoException {
        if (!mounts.contains(mount)) {
            throw Errno.EINVAL.exception();
        }
        if (mount == root()) {
            throw ((flags & MountFlags.MNT_DETACH) != 0 ? Errno.EINVAL : Errno.EBUSY).exception();
        }
        if ((flags & MountFlags.MNT_DETACH) == 0
                && (mount.users() > 0 || !mount.children().isEmpty())) {
            throw Errno.EBUSY.exception();
        }
        detachTree(mount);
    }

    private void detachTree(Mount mount) {
        for (Mount child : mount.children()) {
            detachTree(child);
        }
        mounts.remove(mount);
        mount.detach();
    }

    /// Unmounts everything, newest first, when the machine is switched off.
    void detachAll() {
        for (Mount mount : mounts().reversed()) {
            mounts.remove(mount);
            mount.detach();
        }
    }
}
