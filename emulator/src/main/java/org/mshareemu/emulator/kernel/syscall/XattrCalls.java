package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.AT_FDCWD;
import static org.mshareemu.emulator.kernel.abi.Fcntl.AT_SYMLINK_NOFOLLOW;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.ExtendedAttributes;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.Permissions;

/// Extended attributes. Linux: fs/xattr.c
public final class XattrCalls {
    private static final int CREATE = 1;
    private static final int REPLACE = 2;
    private static final int NAME_MAX = 255;
    private static final int SIZE_MAX = 65_536;
    private static final String USER = "user.";
    private static final String TRUSTED = "trusted.";
    private static final String SECURITY = "security.";

    /// Finds the file of one call of a family.
    @FunctionalInterface
    private interface Place {
        Path of(Task task, SyscallArgs a) throws ErrnoException;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        Place followed = (task, a) -> UserPaths.resolve(task, AT_FDCWD, a.a0(), 0);
        Place link = (task, a) -> UserPaths.resolve(task, AT_FDCWD, a.a0(), AT_SYMLINK_NOFOLLOW);
        Place open = (task, a) -> task.files().get(a.i0()).path();
        registerSet(table, NR_setxattr, followed);
        registerSet(table, NR_lsetxattr, link);
        registerSet(table, NR_fsetxattr, open);
        registerGet(table, NR_getxattr, followed);
        registerGet(table, NR_lgetxattr, link);
        registerGet(table, NR_fgetxattr, open);
        registerList(table, NR_listxattr, followed);
        registerList(table, NR_llistxattr, link);
        registerList(table, NR_flistxattr, open);
        registerRemove(table, NR_removexattr, followed);
        registerRemove(table, NR_lremovexattr, link);
        registerRemove(table, NR_fremovexattr, open);
    }

    private static void registerSet(SyscallTable table, int number, Place place) {
        table.row(number, (task, a) -> setxattr(task, place, a));
    }

    private static void registerGet(SyscallTable table, int number, Place place) {
        table.row(number, (task, a) -> getxattr(task, place, a));
    }

    private static void registerList(SyscallTable table, int number, Place place) {
        table.row(number, (task, a) -> listxattr(task, place, a));
    }

    private static void registerRemove(SyscallTable table, int number, Place place) {
        table.row(number, (task, a) -> removexattr(task, place, a));
    }

    /// Linux: import_xattr_name()
    private static String name(Task task, long vaddr) throws ErrnoException {
        String name = task.memory().readString(vaddr, NAME_MAX + 1);
        if (name == null || name.isEmpty()) {
            throw Errno.ERANGE.exception();
        }
        return name;
    }

    /// Linux: setxattr_copy(), vfs_setxattr()
    private static long setxattr(Task task, Place place, SyscallArgs a) throws ErrnoException {
        int flags = a.i4();
        long size = a.a3();
        if ((flags & ~(CREATE | REPLACE)) != 0) {
            throw Errno.EINVAL.exception();
        }
        String name = name(task, a.a1());
        if (Long.compareUnsigned(size, SIZE_MAX) > 0) {
            throw Errno.E2BIG.exception();
        }
        byte[] value = new byte[(int) size];
        task.memory().read(a.a2(), value, 0, value.length);
        Path path = place.of(task, a);
        path.mount().checkWritable();
        ExtendedAttributes attributes = attributes(task, path, name, Permissions.MAY_WRITE);
        boolean exists = attributes.get(name) != null;
        if (exists && (flags & CREATE) != 0) {
            throw Errno.EEXIST.exception();
        }
        if (!exists && (flags & REPLACE) != 0) {
            throw Errno.ENODATA.exception();
        }
        attributes.set(name, value);
        path.inode().touchStatus();
        return 0;
    }

    /// The attributes of a file, if this caller may look at or change that one. Linux:
    /// xattr_permission(), xattr_resolve_name()
    private static ExtendedAttributes attributes(Task task, Path path, String name, int mask)
            throws ErrnoException {
        Inode inode = path.inode();
        boolean write = (mask & Permissions.MAY_WRITE) != 0;
        Credentials who = task.credentials();
        if (name.startsWith(TRUSTED)) {
            if (!who.isCapable(Credentials.CAP_SYS_ADMIN)) {
                throw (write ? Errno.EPERM : Errno.ENODATA).exception();
            }
        } else if (!name.startsWith(SECURITY) && !name.startsWith("system.")) {
            if (name.startsWith(USER)) {
                checkUserSpace(inode, write, who);
            }
            Permissions.check(inode, mask, task.caller());
        }
        ExtendedAttributes attributes = inode.extendedAttributes();
        if (attributes == null) {
            throw Errno.EOPNOTSUPP.exception();
        }
        if (name.equals(USER) || name.equals(TRUSTED) || name.equals(SECURITY)) {
            throw Errno.EINVAL.exception();
        }
        return attributes;
    }

    /// Only files and directories have user attributes.
    private static void checkUserSpace(Inode inode, boolean write, Credentials who)
            throws ErrnoException {
        if (!inode.isRegular() && !inode.isDirectory()) {
            throw (write ? Errno.EPERM : Errno.ENODATA).exception();
        }
        if (write
                && inode.isDirectory()
                && (inode.mode() & Stat.S_ISVTX) != 0
                && !Permissions.isOwnerOrCapable(inode, who)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Linux: do_getxattr()
    private static long getxattr(Task task, Place place, SyscallArgs a) throws ErrnoException {
        String name = name(task, a.a1());
        long size = a.a3();
        Path path = place.of(task, a);
        byte[] value = attributes(task, path, name, Permissions.MAY_READ).get(name);
        if (value == null) {
            throw Errno.ENODATA.exception();
        }
        return deliver(task, value, a.a2(), size);
    }

    private static long deliver(Task task, byte[] value, long vaddr, long size)
            throws ErrnoException {
        if (size == 0) {
            return value.length;
        }
        if (Long.compareUnsigned(value.length, size) > 0) {
            throw Errno.ERANGE.exception();
        }
        task.memory().write(vaddr, value, 0, value.length);
        return value.length;
    }

    /// Linux: listxattr()
    private static long listxattr(Task task, Place place, SyscallArgs a) throws ErrnoException {
        Inode inode = place.of(task, a).inode();
        ExtendedAttributes attributes = inode.extendedAttributes();
        StringBuilder names = new StringBuilder();
        if (attributes != null) {
            boolean trusted = task.credentials().isCapable(Credentials.CAP_SYS_ADMIN);
            for (String name : attributes.names()) {
                if (trusted || !name.startsWith(TRUSTED)) {
                    names.append(name).append('\0');
                }
            }
        }
        return deliver(task, UserBytes.of(names.toString()), a.a1(), a.a2());
    }

    private static long removexattr(Task task, Place place, SyscallArgs a) throws ErrnoException {
        String name = name(task, a.a1());
        Path path = place.of(task, a);
        path.mount().checkWritable();
        ExtendedAttributes attributes = attributes(task, path, name, Permissions.MAY_WRITE);
        if (attributes.get(name) == null) {
            throw Errno.ENODATA.exception();
        }
        attributes.set(name, null);
        path.inode().touchStatus();
        return 0;
    }
}
