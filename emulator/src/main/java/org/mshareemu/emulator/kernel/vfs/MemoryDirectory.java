package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;

/// A directory whose entries live in the directory cache and nowhere else. Linking, removing and
/// renaming work; a file system overrides [#create], [#mkdir] and others for the inodes it wants
/// made, and calls [#entryAdded].
///
/// Linux: simple_dir_operations, simple_link() and so on, fs/libfs.c
public class MemoryDirectory extends Inode {
    private static final FileOperations OPERATIONS = new MemoryDirectoryOperations();

    /// A directory without entries: two links.
    ///
    /// @param fullMode type and permissions
    public MemoryDirectory(SuperBlock superBlock, long number, int fullMode, int uid, int gid) {
        super(superBlock, number, fullMode, uid, gid, 2);
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return OPERATIONS;
    }

    @Override
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        return null;
    }

    /// Bookkeeping for an inode just made in this directory: times, and a link if it is a directory
    /// itself.
    protected final void entryAdded(Inode child) {
        touchData();
        if (child.isDirectory()) {
            setLinkCount(linkCount() + 1);
        }
        sizeChanged(1);
    }

    /// The directory got or lost names; tmpfs counts them in st_size.
    protected void sizeChanged(int entries) {}

    /// Linux: simple_link()
    @Override
    public void link(Dentry target, Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        Inode inode = target.inode();
        touchData();
        inode.touchStatus();
        inode.setLinkCount(inode.linkCount() + 1);
        sizeChanged(1);
    }

    /// Linux: simple_unlink()
    @Override
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        touchData();
        Inode inode = victim.inode();
        inode.touchStatus();
        inode.setLinkCount(inode.linkCount() - 1);
        sizeChanged(-1);
    }

    /// Linux: simple_rmdir()
    @Override
    public void rmdir(Dentry victim, CallerContext caller) throws ErrnoException {
        if (victim.hasChildren()) {
            throw Errno.ENOTEMPTY.exception();
        }
        Inode inode = victim.inode();
        inode.setLinkCount(inode.linkCount() - 1);
        unlink(victim, caller);
        setLinkCount(linkCount() - 1);
    }

    /// Linux: simple_rename()
    @Override
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        if ((flags & ~(Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE)) != 0) {
            throw Errno.EINVAL.exception();
        }
        MemoryDirectory to = (MemoryDirectory) newDirectory.inode();
        boolean directory = source.inode().isDirectory();
        if ((flags & Fcntl.RENAME_EXCHANGE) != 0 && target != null) {
            exchange(directory, target.inode().isDirectory(), to);
        } else {
            if (target != null) {
                replace(target, directory, to, caller);
            } else if (directory) {
                setLinkCount(linkCount() - 1);
                to.setLinkCount(to.linkCount() + 1);
            }
            sizeChanged(-1);
            to.sizeChanged(1);
        }
        touchData();
        to.touchData();
        source.inode().touchStatus();
        if (target != null) {
            target.inode().touchStatus();
        }
    }

    private void replace(Dentry target, boolean directory, MemoryDirectory to, CallerContext caller)
            throws ErrnoException {
        if (target.hasChildren()) {
            throw Errno.ENOTEMPTY.exception();
        }
        to.unlink(target, caller);
        if (directory) {
            target.inode().setLinkCount(target.inode().linkCount() - 1);
            setLinkCount(linkCount() - 1);
        }
    }

    /// Linux: simple_rename_exchange()
    private void exchange(boolean directory, boolean otherIsDirectory, MemoryDirectory to) {
        if (!equals(to) && directory != otherIsDirectory) {
            int here = directory ? -1 : 1;
            setLinkCount(linkCount() + here);
            to.setLinkCount(to.linkCount() - here);
        }
    }
}
