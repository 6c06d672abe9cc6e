package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.PathLookup.Last;
import org.mshareemu.emulator.kernel.vfs.PathLookup.ParentLookup;

/// Making, removing and renaming names: the checks that are the same for all file systems, in
/// Linux's order, then the file system, then the directory cache.
///
/// Linux: the vfs_… and do_…at functions of fs/namei.c
public final class NameChanges {
    private final Vfs vfs;

    public NameChanges(Vfs vfs) {
        this.vfs = vfs;
    }

    /// Where a new name goes. Linux: filename_create()
    private ParentLookup newName(
            CallerContext caller, @Nullable Path start, String name, boolean directory)
            throws ErrnoException {
        ParentLookup at = vfs.paths().resolveParent(caller, start, name);
        if (at.last() != Last.NORMAL) {
            throw Errno.EEXIST.exception();
        }
        Dentry existing = at.directory().dentry().lookup(at.name(), caller);
        if (existing != null) {
            throw Errno.EEXIST.exception();
        }
        if (at.trailingSlash() && !directory) {
            throw Errno.ENOENT.exception();
        }
        at.directory().mount().checkWritable();
        return at;
    }

    /// Linux: may_create()
    private static void checkCreate(Dentry directory, CallerContext caller) throws ErrnoException {
        if (directory.isDeleted()) {
            throw Errno.ENOENT.exception();
        }
        Permissions.check(directory.inode(), Permissions.MAY_WRITE | Permissions.MAY_EXEC, caller);
    }

    /// mkdirat(2)
    public void mkdir(CallerContext caller, @Nullable Path start, String name, int mode)
            throws ErrnoException {
        ParentLookup at = newName(caller, start, name, true);
        Dentry directory = at.directory().dentry();
        checkCreate(directory, caller);
        int bits = mode & (Stat.S_IRWXUGO | Stat.S_ISVTX);
        int fullMode =
                Attributes.newMode(
                        directory.inode(), Stat.S_IFDIR | (bits & ~caller.fs().umask()), caller);
        directory.add(at.name(), directory.inode().mkdir(directory, at.name(), fullMode, caller));
    }

    /// mknodat(2)
    public void mknod(
            CallerContext caller, @Nullable Path start, String name, int mode, long device)
            throws ErrnoException {
        int type = mode & Stat.S_IFMT;
        switch (type) {
            case Stat.S_IFREG, 0, Stat.S_IFIFO, Stat.S_IFSOCK, Stat.S_IFCHR, Stat.S_IFBLK -> {}
            case Stat.S_IFDIR -> throw Errno.EPERM.exception();
            default -> throw Errno.EINVAL.exception();
        }
        ParentLookup at = newName(caller, start, name, false);
        Dentry directory = at.directory().dentry();
        Inode parent = directory.inode();
        checkCreate(directory, caller);
        int bits = Attributes.newMode(parent, mode & Stat.S_IALLUGO, caller) & ~caller.fs().umask();
        Inode made;
        if (type == 0 || type == Stat.S_IFREG) {
            made = parent.create(directory, at.name(), Stat.S_IFREG | bits, caller);
        } else {
            boolean isDevice = type == Stat.S_IFCHR || type == Stat.S_IFBLK;
            boolean whiteout = type == Stat.S_IFCHR && device == 0;
            if (isDevice && !whiteout && !caller.credentials().isCapable(Credentials.CAP_MKNOD)) {
                throw Errno.EPERM.exception();
            }
            made = parent.mknod(directory, at.name(), type | bits, isDevice ? device : 0, caller);
        }
        directory.add(at.name(), made);
    }

    /// symlinkat(2)
    public void symlink(CallerContext caller, String target, @Nullable Path start, String name)
            throws ErrnoException {
        if (target.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        ParentLookup at = newName(caller, start, name, false);
        Dentry directory = at.directory().dentry();
        checkCreate(directory, caller);
        directory.add(at.name(), directory.inode().symlink(directory, at.name(), target, caller));
    }

    /// linkat(2), the old place resolved by the caller.
    public void link(CallerContext caller, Path old, @Nullable Path start, String name)
            throws ErrnoException {
        ParentLookup at = newName(caller, start, name, false);
        if (old.mount() != at.directory().mount()) {
            throw Errno.EXDEV.exception();
        }
        Dentry directory = at.directory().dentry();
        Inode inode = old.inode();
        checkLinkSource(inode, caller);
        checkCreate(directory, caller);
        if (!inode.superBlock().equals(directory.superBlock())) {
            throw Errno.EXDEV.exception();
        }
        if (inode.isDirectory()) {
            throw Errno.EPERM.exception();
        }
        if (inode.linkCount() == 0 && !inode.isLinkable()) {
            throw Errno.ENOENT.exception();
        }
        directory.inode().link(old.dentry(), directory, at.name(), caller);
        inode.setTemporary(false);
        directory.add(at.name(), inode);
    }

    /// Links to files that one could not have made oneself are refused, as where
    /// /proc/sys/fs/protected_hardlinks is 1. Linux: may_linkat()
    private static void checkLinkSource(Inode inode, CallerContext caller) throws ErrnoException {
        if (!Permissions.isOwnerOrCapable(inode, caller.credentials()) && !isSafe(inode, caller)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Linux: safe_hardlink_source()
    private static boolean isSafe(Inode inode, CallerContext caller) {
        int setGroup = Stat.S_ISGID | Stat.S_IXGRP;
        if (!inode.isRegular()
                || (inode.mode() & Stat.S_ISUID) != 0
                || (inode.mode() & setGroup) == setGroup) {
            return false;
        }
        try {
            Permissions.check(inode, Permissions.MAY_READ | Permissions.MAY_WRITE, caller);
            return true;
        } catch (ErrnoException _) {
            return false;
        }
    }

    /// May this entry be removed? Linux: may_delete()
    ///
    /// @param directory whether it must be a directory (rmdir) or must not
    private static void checkDelete(
            Dentry parent, Dentry victim, boolean directory, CallerContext caller)
            throws ErrnoException {
        Inode inode = parent.inode();
        Permissions.check(inode, Permissions.MAY_WRITE | Permissions.MAY_EXEC, caller);
        if (Permissions.isStickyRefusal(inode, victim.inode(), caller.credentials())) {
            throw Errno.EPERM.exception();
        }
        if (directory) {
            if (!victim.inode().isDirectory()) {
                throw Errno.ENOTDIR.exception();
            }
            if (victim.isRoot()) {
                throw Errno.EBUSY.exception();
            }
        } else if (victim.inode().isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (parent.isDeleted()) {
            throw Errno.ENOENT.exception();
        }
    }

    /// rmdir(2), unlinkat(2) with AT_REMOVEDIR
    public void rmdir(CallerContext caller, @Nullable Path start, String name)
            throws ErrnoException {
        ParentLookup at = vfs.paths().resolveParent(caller, start, name);
        switch (at.last()) {
            case DOTDOT -> throw Errno.ENOTEMPTY.exception();
            case DOT -> throw Errno.EINVAL.exception();
            case ROOT -> throw Errno.EBUSY.exception();
            case NORMAL -> {}
        }
        at.directory().mount().checkWritable();
        Dentry parent = at.directory().dentry();
        Dentry victim = parent.lookup(at.name(), caller);
        if (victim == null) {
            throw Errno.ENOENT.exception();
        }
        checkDelete(parent, victim, true, caller);
        if (victim.isMountPoint()) {
            throw Errno.EBUSY.exception();
        }
        parent.inode().rmdir(victim, caller);
        victim.drop();
    }

    /// unlink(2)
    public void unlink(CallerContext caller, @Nullable Path start, String name)
            throws ErrnoException {
        ParentLookup at = vfs.paths().resolveParent(caller, start, name);
        if (at.last() != Last.NORMAL) {
            throw Errno.EISDIR.exception();
        }
        at.directory().mount().checkWritable();
        Dentry parent = at.directory().dentry();
        Dentry victim = parent.lookup(at.name(), caller);
        if (victim == null) {
            throw Errno.ENOENT.exception();
        }
        if (at.trailingSlash()) {
            throw (victim.inode().isDirectory() ? Errno.EISDIR : Errno.ENOTDIR).exception();
        }
        checkDelete(parent, victim, false, caller);
        if (victim.isMountPoint()) {
            throw Errno.EBUSY.exception();
        }
        parent.inode().unlink(victim, caller);
        victim.drop();
    }

    /// renameat2(2)
    ///
    /// @param flags RENAME_*
    public void rename(
            CallerContext caller,
            @Nullable Path oldStart,
            String oldName,
            @Nullable Path newStart,
            String newName,
            int flags)
            throws ErrnoException {
        checkRenameFlags(flags);
        ParentLookup from = vfs.paths().resolveParent(caller, oldStart, oldName);
        ParentLookup to = vfs.paths().resolveParent(caller, newStart, newName);
        rename(caller, from, to, flags);
    }

    /// Refuses flags that no file system knows, or that exclude each other.
    ///
    /// @throws ErrnoException EINVAL
    public static void checkRenameFlags(int flags) throws ErrnoException {
        boolean exchange = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        boolean noReplace = (flags & Fcntl.RENAME_NOREPLACE) != 0;
        boolean whiteout = (flags & Fcntl.RENAME_WHITEOUT) != 0;
        int known = Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE | Fcntl.RENAME_WHITEOUT;
        if ((flags & ~known) != 0 || (exchange && (noReplace || whiteout))) {
            throw Errno.EINVAL.exception();
        }
    }

    /// renameat2(2) with both parents resolved and the flags checked. Linux: do_renameat2()
    public void rename(CallerContext caller, ParentLookup from, ParentLookup to, int flags)
            throws ErrnoException {
        boolean exchange = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        boolean noReplace = (flags & Fcntl.RENAME_NOREPLACE) != 0;
        if (from.directory().mount() != to.directory().mount()) {
            throw Errno.EXDEV.exception();
        }
        if (from.last() != Last.NORMAL) {
            throw Errno.EBUSY.exception();
        }
        if (to.last() != Last.NORMAL) {
            throw (noReplace ? Errno.EEXIST : Errno.EBUSY).exception();
        }
        from.directory().mount().checkWritable();
        Dentry oldDirectory = from.directory().dentry();
        Dentry newDirectory = to.directory().dentry();
        Dentry source = oldDirectory.lookup(from.name(), caller);
        if (source == null) {
            throw Errno.ENOENT.exception();
        }
        Dentry target = newDirectory.lookup(to.name(), caller);
        if (noReplace && target != null) {
            throw Errno.EEXIST.exception();
        }
        if (exchange) {
            if (target == null) {
                throw Errno.ENOENT.exception();
            }
            if (!target.inode().isDirectory() && to.trailingSlash()) {
                throw Errno.ENOTDIR.exception();
            }
        }
        if (!source.inode().isDirectory()) {
            if (from.trailingSlash() || (!exchange && to.trailingSlash())) {
                throw Errno.ENOTDIR.exception();
            }
        }
        if (newDirectory.isBelow(source)) {
            throw Errno.EINVAL.exception();
        }
        if (target != null && oldDirectory.isBelow(target)) {
            throw (exchange ? Errno.EINVAL : Errno.ENOTEMPTY).exception();
        }
        rename(caller, source, newDirectory, to.name(), target, flags);
    }

    /// Linux: vfs_rename()
    private static void rename(
            CallerContext caller,
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags)
            throws ErrnoException {
        Dentry oldDirectory = source.parent();
        Inode inode = source.inode();
        boolean exchange = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        if (target != null && target.inode().equals(inode)) {
            return;
        }
        boolean directory = inode.isDirectory();
        checkDelete(oldDirectory, source, directory, caller);
        if (target == null) {
            checkCreate(newDirectory, caller);
        } else {
            boolean expected = exchange ? target.inode().isDirectory() : directory;
            checkDelete(newDirectory, target, expected, caller);
        }
        if (newDirectory != oldDirectory) {
            if (directory) {
                Permissions.check(inode, Permissions.MAY_WRITE, caller);
            }
            if (exchange && target != null && target.inode().isDirectory()) {
                Permissions.check(target.inode(), Permissions.MAY_WRITE, caller);
            }
        }
        if (source.isMountPoint() || (target != null && target.isMountPoint())) {
            throw Errno.EBUSY.exception();
        }
        oldDirectory.inode().rename(source, newDirectory, newName, target, flags, caller);
        if (exchange && target != null) {
            source.exchange(target);
            return;
        }
        if (target != null) {
            target.drop();
        }
        String oldName = source.name();
        source.move(newDirectory, newName);
        if ((flags & Fcntl.RENAME_WHITEOUT) != 0) {
            oldDirectory.add(oldName, oldDirectory.inode().whiteout(oldDirectory, oldName, caller));
        }
    }
}
