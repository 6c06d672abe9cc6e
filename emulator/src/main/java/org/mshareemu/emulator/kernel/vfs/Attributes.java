package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;

/// Changing attributes of inodes. Linux: fs/attr.c
public final class Attributes {
    private static final int SIGXFSZ = 25;

    private Attributes() {}

    /// The checks every file system makes. Linux: setattr_prepare()
    ///
    /// @throws ErrnoException EPERM, EFBIG
    public static void prepare(Inode inode, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        if (change.has(AttributeChange.SIZE)) {
            checkNewSize(inode, change.sizeBytes(), caller);
        }
        if (change.has(AttributeChange.FORCE)) {
            return;
        }
        Credentials who = caller.credentials();
        boolean owner = who.fsuid() == inode.uid();
        if (change.has(AttributeChange.UID)
                && !(owner && change.uid() == inode.uid())
                && !who.isCapable(Credentials.CAP_CHOWN)) {
            throw Errno.EPERM.exception();
        }
        if (change.has(AttributeChange.GID)
                && !(owner && (who.isInGroup(change.gid()) || change.gid() == inode.gid()))
                && !who.isCapable(Credentials.CAP_CHOWN)) {
            throw Errno.EPERM.exception();
        }
        if (change.has(AttributeChange.MODE)) {
            if (!Permissions.isOwnerOrCapable(inode, who)) {
                throw Errno.EPERM.exception();
            }
            int gid = change.has(AttributeChange.GID) ? change.gid() : inode.gid();
            if (!who.isInGroup(gid) && !who.isCapable(Credentials.CAP_FSETID)) {
                change.mode(change.mode() & ~Stat.S_ISGID);
            }
        }
        if (change.hasAny(
                        AttributeChange.ATIME_SET
                                | AttributeChange.MTIME_SET
                                | AttributeChange.TIMES_SET)
                && !Permissions.isOwnerOrCapable(inode, who)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Whether a file may become that long. Linux: inode_newsize_ok()
    ///
    /// @throws ErrnoException EFBIG, with SIGXFSZ if it is the caller's limit
    public static void checkNewSize(Inode inode, long sizeBytes, CallerContext caller)
            throws ErrnoException {
        if (sizeBytes <= inode.sizeBytes()) {
            return;
        }
        if (caller.limits().isExceeded(ResourceLimits.RLIMIT_FSIZE, sizeBytes)) {
            caller.sendSignal(SIGXFSZ);
            throw Errno.EFBIG.exception();
        }
        if (sizeBytes > inode.superBlock().maxFileBytes()) {
            throw Errno.EFBIG.exception();
        }
    }

    /// Copies all but the size. Linux: setattr_copy()
    public static void copy(Inode inode, AttributeChange change, CallerContext caller) {
        if (change.hasAny(AttributeChange.UID | AttributeChange.GID)) {
            inode.setOwner(
                    change.has(AttributeChange.UID) ? change.uid() : inode.uid(),
                    change.has(AttributeChange.GID) ? change.gid() : inode.gid());
        }
        long now = inode.superBlock().now();
        long atime = inode.atimeNanos();
        long mtime = inode.mtimeNanos();
        if (change.has(AttributeChange.ATIME)) {
            atime = change.has(AttributeChange.ATIME_SET) ? change.atimeNanos() : now;
        }
        if (change.has(AttributeChange.MTIME)) {
            mtime = change.has(AttributeChange.MTIME_SET) ? change.mtimeNanos() : now;
        }
        inode.setTimes(atime, mtime, now);
        if (change.has(AttributeChange.MODE)) {
            int mode = change.mode();
            Credentials who = caller.credentials();
            if (!who.isInGroup(inode.gid()) && !who.isCapable(Credentials.CAP_FSETID)) {
                mode &= ~Stat.S_ISGID;
            }
            inode.setMode(inode.type() | (mode & Stat.S_IALLUGO));
        }
    }

    /// Asks the file system for a change, set-id bits taken care of. Linux: notify_change()
    public static void change(Path path, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        Inode inode = path.inode();
        if (change.hasAny(AttributeChange.KILL_SUID | AttributeChange.KILL_SGID)
                && !change.has(AttributeChange.MODE)) {
            int mode = inode.mode();
            int kept = mode;
            if (change.has(AttributeChange.KILL_SUID)) {
                kept &= ~Stat.S_ISUID;
            }
            if (change.has(AttributeChange.KILL_SGID)) {
                kept &= ~Stat.S_ISGID;
            }
            change.without(AttributeChange.KILL_SUID | AttributeChange.KILL_SGID);
            if (kept != mode) {
                change.mode(kept & Stat.S_IALLUGO);
            }
        }
        if (change.has(AttributeChange.TOUCH)
                && !Permissions.isOwnerOrCapable(inode, caller.credentials())) {
            Permissions.check(inode, Permissions.MAY_WRITE, caller);
        }
        inode.setattr(path.dentry(), change, caller);
    }

    /// The set-id bits that a write or truncation by this caller takes away. Linux:
    /// setattr_should_drop_suidgid()
    public static int bitsToDrop(Inode inode, Credentials who) {
        if (!inode.isRegular() || who.isCapable(Credentials.CAP_FSETID)) {
            return 0;
        }
        int drop = 0;
        if ((inode.mode() & Stat.S_ISUID) != 0) {
            drop |= AttributeChange.KILL_SUID;
        }
        return drop | groupBitToDrop(inode, who);
    }

    /// Linux: setattr_should_drop_sgid()
    public static int groupBitToDrop(Inode inode, Credentials who) {
        int mode = inode.mode();
        if ((mode & Stat.S_ISGID) == 0) {
            return 0;
        }
        boolean executable = (mode & Stat.S_IXGRP) != 0;
        boolean member = who.isInGroup(inode.gid()) || who.isCapable(Credentials.CAP_FSETID);
        return executable || !member ? AttributeChange.KILL_SGID : 0;
    }

    /// Takes set-id bits away before data changes. Linux: file_remove_privs()
    public static void removePrivileges(Path path, CallerContext caller) throws ErrnoException {
        int drop = bitsToDrop(path.inode(), caller.credentials());
        if (drop != 0) {
            change(path, new AttributeChange().with(drop | AttributeChange.FORCE), caller);
        }
    }

    /// The mode of a new inode: the umask applied, set-group-id as the directory has it. Linux:
    /// inode_init_owner()
    public static int newMode(Inode directory, int mode, CallerContext caller) {
        if ((directory.mode() & Stat.S_ISGID) == 0) {
            return mode;
        }
        if (Stat.isDirectory(mode)) {
            return mode | Stat.S_ISGID;
        }
        boolean both = (mode & (Stat.S_ISGID | Stat.S_IXGRP)) == (Stat.S_ISGID | Stat.S_IXGRP);
        Credentials who = caller.credentials();
        if (both && !who.isInGroup(directory.gid()) && !who.isCapable(Credentials.CAP_FSETID)) {
            return mode & ~Stat.S_ISGID;
        }
        return mode;
    }

    /// The group of a new inode. Linux: inode_init_owner()
    public static int newGroup(Inode directory, CallerContext caller) {
        return (directory.mode() & Stat.S_ISGID) != 0
                ? directory.gid()
                : caller.credentials().fsgid();
    }
}
