package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;

/// Who may do what with an inode. Linux: the permission functions of fs/namei.c and fs/inode.c
public final class Permissions {
    public static final int MAY_EXEC = 1;
    public static final int MAY_WRITE = 2;
    public static final int MAY_READ = 4;
    public static final int MAY_APPEND = 8;
    public static final int MAY_ACCESS = 16;
    public static final int MAY_OPEN = 32;
    public static final int MAY_CHDIR = 64;

    private Permissions() {}

    /// Mode bits, then capabilities. Linux: generic_permission()
    ///
    /// @throws ErrnoException EACCES
    public static void generic(Inode inode, int mask, Credentials who) throws ErrnoException {
        int wanted = mask & (MAY_READ | MAY_WRITE | MAY_EXEC);
        int granted = inode.mode();
        if (who.fsuid() == inode.uid()) {
            granted >>>= 6;
        } else if (who.isInGroup(inode.gid())) {
            granted >>>= 3;
        }
        if ((wanted & ~granted) == 0) {
            return;
        }
        if (inode.isDirectory()) {
            if ((wanted & MAY_WRITE) == 0 && who.isCapable(Credentials.CAP_DAC_READ_SEARCH)) {
                return;
            }
            if (who.isCapable(Credentials.CAP_DAC_OVERRIDE)) {
                return;
            }
            throw Errno.EACCES.exception();
        }
        if (wanted == MAY_READ && who.isCapable(Credentials.CAP_DAC_READ_SEARCH)) {
            return;
        }
        if (((wanted & MAY_EXEC) == 0 || (inode.mode() & Stat.S_IXUGO) != 0)
                && who.isCapable(Credentials.CAP_DAC_OVERRIDE)) {
            return;
        }
        throw Errno.EACCES.exception();
    }

    /// Linux: inode_permission()
    ///
    /// @throws ErrnoException EROFS, EACCES
    public static void check(Inode inode, int mask, CallerContext caller) throws ErrnoException {
        if ((mask & MAY_WRITE) != 0 && inode.superBlock().isReadOnly()) {
            int type = inode.type();
            if (type == Stat.S_IFREG || type == Stat.S_IFDIR || type == Stat.S_IFLNK) {
                throw Errno.EROFS.exception();
            }
        }
        inode.permission(mask, caller);
    }

    /// Owner, or allowed to act as one. Linux: inode_owner_or_capable()
    public static boolean isOwnerOrCapable(Inode inode, Credentials who) {
        return who.fsuid() == inode.uid() || who.isCapable(Credentials.CAP_FOWNER);
    }

    /// Whether a sticky directory forbids this caller to remove or rename the entry. Linux:
    /// check_sticky()
    public static boolean isStickyRefusal(Inode directory, Inode victim, Credentials who) {
        return (directory.mode() & Stat.S_ISVTX) != 0
                && victim.uid() != who.fsuid()
                && directory.uid() != who.fsuid()
                && !who.isCapable(Credentials.CAP_FOWNER);
    }

    /// May open(2) go on? Linux: may_open()
    public static void checkOpen(Path path, int mask, int flags, CallerContext caller)
            throws ErrnoException {
        Inode inode = path.inode();
        switch (inode.type()) {
            case Stat.S_IFLNK -> throw Errno.ELOOP.exception();
            case Stat.S_IFDIR -> {
                if ((mask & MAY_WRITE) != 0) {
                    throw Errno.EISDIR.exception();
                }
                if ((mask & MAY_EXEC) != 0) {
                    throw Errno.EACCES.exception();
                }
            }
            case Stat.S_IFBLK, Stat.S_IFCHR -> {
                if (path.mount().has(MountFlags.MS_NODEV) || (mask & MAY_EXEC) != 0) {
                    throw Errno.EACCES.exception();
                }
            }
            case Stat.S_IFIFO, Stat.S_IFSOCK -> {
                if ((mask & MAY_EXEC) != 0) {
                    throw Errno.EACCES.exception();
                }
            }
            default -> {
                if ((mask & MAY_EXEC) != 0 && path.mount().has(MountFlags.MS_NOEXEC)) {
                    throw Errno.EACCES.exception();
                }
            }
        }
        check(inode, mask | MAY_OPEN, caller);
        if ((flags & org.mshareemu.emulator.kernel.abi.Fcntl.O_NOATIME) != 0
                && !isOwnerOrCapable(inode, caller.credentials())) {
            throw Errno.EPERM.exception();
        }
    }
}
