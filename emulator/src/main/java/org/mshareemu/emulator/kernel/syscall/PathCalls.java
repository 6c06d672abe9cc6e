package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.AccessTime;
import org.mshareemu.emulator.kernel.vfs.NameChanges;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup.ParentLookup;

/// Making, removing and renaming names. Linux: fs/namei.c
public final class PathCalls {
    private final NameChanges names;

    public PathCalls(Kernel kernel) {
        this.names = new NameChanges(kernel.vfs());
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_mkdir, (task, a) -> mkdirat(task, AT_FDCWD, a.a0(), a.i1()));
        table.row(NR_mkdirat, (task, a) -> mkdirat(task, a.i0(), a.a1(), a.i2()));
        table.row(NR_mknod, (task, a) -> mknodat(task, AT_FDCWD, a.a0(), a.i1(), a.i2()));
        table.row(NR_mknodat, (task, a) -> mknodat(task, a.i0(), a.a1(), a.i2(), a.i3()));
        table.row(NR_rmdir, (task, a) -> unlinkat(task, AT_FDCWD, a.a0(), AT_REMOVEDIR));
        table.row(NR_unlink, (task, a) -> unlinkat(task, AT_FDCWD, a.a0(), 0));
        table.row(NR_unlinkat, (task, a) -> unlinkat(task, a.i0(), a.a1(), a.i2()));
        table.row(NR_rename, (task, a) -> renameat2(task, AT_FDCWD, a.a0(), AT_FDCWD, a.a1(), 0));
        table.row(NR_renameat, (task, a) -> renameat2(task, a.i0(), a.a1(), a.i2(), a.a3(), 0));
        table.row(
                NR_renameat2, (task, a) -> renameat2(task, a.i0(), a.a1(), a.i2(), a.a3(), a.i4()));
        table.row(NR_link, (task, a) -> linkat(task, AT_FDCWD, a.a0(), AT_FDCWD, a.a1(), 0));
        table.row(NR_linkat, (task, a) -> linkat(task, a.i0(), a.a1(), a.i2(), a.a3(), a.i4()));
        table.row(NR_symlink, (task, a) -> symlinkat(task, a.a0(), AT_FDCWD, a.a1()));
        table.row(NR_symlinkat, (task, a) -> symlinkat(task, a.a0(), a.i1(), a.a2()));
        table.row(NR_readlink, (task, a) -> readlinkat(task, AT_FDCWD, a.a0(), a.a1(), a.i2()));
        table.row(NR_readlinkat, (task, a) -> readlinkat(task, a.i0(), a.a1(), a.a2(), a.i3()));
    }

    private long mkdirat(Task task, int directory, long nameVaddr, int mode) throws ErrnoException {
        String name = UserPaths.read(task, nameVaddr);
        names.mkdir(task.caller(), UserPaths.start(task, directory, name), name, mode);
        return 0;
    }

    private long mknodat(Task task, int directory, long nameVaddr, int mode, int device)
            throws ErrnoException {
        String name = UserPaths.read(task, nameVaddr);
        names.mknod(
                task.caller(),
                UserPaths.start(task, directory, name),
                name,
                mode & 0xffff,
                Integer.toUnsignedLong(device));
        return 0;
    }

    private long unlinkat(Task task, int directory, long nameVaddr, int flags)
            throws ErrnoException {
        if ((flags & ~AT_REMOVEDIR) != 0) {
            throw Errno.EINVAL.exception();
        }
        String name = UserPaths.read(task, nameVaddr);
        Path start = UserPaths.start(task, directory, name);
        if (flags == AT_REMOVEDIR) {
            names.rmdir(task.caller(), start, name);
        } else {
            names.unlink(task.caller(), start, name);
        }
        return 0;
    }

    private long renameat2(
            Task task, int oldDirectory, long oldVaddr, int newDirectory, long newVaddr, int flags)
            throws ErrnoException {
        NameChanges.checkRenameFlags(flags);
        ParentLookup from = parent(task, oldDirectory, oldVaddr);
        ParentLookup to = parent(task, newDirectory, newVaddr);
        names.rename(task.caller(), from, to, flags);
        return 0;
    }

    private static ParentLookup parent(Task task, int directory, long nameVaddr)
            throws ErrnoException {
        String name = UserPaths.read(task, nameVaddr);
        Path start = UserPaths.start(task, directory, name);
        return task.kernel().vfs().paths().resolveParent(task.caller(), start, name);
    }

    private long linkat(
            Task task, int oldDirectory, long oldVaddr, int newDirectory, long newVaddr, int flags)
            throws ErrnoException {
        if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) != 0) {
            throw Errno.EINVAL.exception();
        }
        int lookup = flags & AT_EMPTY_PATH;
        if ((flags & AT_SYMLINK_FOLLOW) == 0) {
            lookup |= AT_SYMLINK_NOFOLLOW;
        }
        Path old = UserPaths.resolve(task, oldDirectory, oldVaddr, lookup);
        String newName = UserPaths.read(task, newVaddr);
        names.link(task.caller(), old, UserPaths.start(task, newDirectory, newName), newName);
        return 0;
    }

    private long symlinkat(Task task, long targetVaddr, int directory, long nameVaddr)
            throws ErrnoException {
        String target = UserPaths.read(task, targetVaddr);
        String name = UserPaths.read(task, nameVaddr);
        names.symlink(task.caller(), target, UserPaths.start(task, directory, name), name);
        return 0;
    }

    /// Linux: do_readlinkat()
    private static long readlinkat(Task task, int directory, long nameVaddr, long buffer, int size)
            throws ErrnoException {
        if (size <= 0) {
            throw Errno.EINVAL.exception();
        }
        String name = UserPaths.readOrEmpty(task, nameVaddr);
        Path path =
                UserPaths.resolve(task, directory, nameVaddr, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
        if (path.inode().type() != Stat.S_IFLNK) {
            throw (name.isEmpty() ? Errno.ENOENT : Errno.EINVAL).exception();
        }
        AccessTime.touch(path.mount(), path.inode());
        byte[] target = UserBytes.of(path.inode().readlink(task.caller()));
        int length = Math.min(target.length, size);
        task.memory().write(buffer, target, 0, length);
        return length;
    }
}
