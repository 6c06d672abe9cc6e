package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.Permissions;

/// Changing modes, owners, times and sizes. Linux: fs/open.c, fs/utimes.c
public final class AttributeCalls {
    private static final long UTIME_NOW = 0x3fff_ffff;
    private static final long UTIME_OMIT = 0x3fff_fffe;
    private static final long NANOS = 1_000_000_000L;
    private static final int MODE_MASK = 0xfb;

    /// What one of the two times is to become.
    private record Time(long seconds, long nanos) {
        static final Time NOW = new Time(0, UTIME_NOW);

        boolean isNow() {
            return nanos == UTIME_NOW;
        }

        boolean isOmitted() {
            return nanos == UTIME_OMIT;
        }

        long sinceEpoch() {
            return seconds * NANOS + nanos;
        }

        void check() throws ErrnoException {
            if (!isNow() && !isOmitted() && (nanos < 0 || nanos >= NANOS)) {
                throw Errno.EINVAL.exception();
            }
        }
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_chmod, (task, a) -> fchmodat(task, AT_FDCWD, a.a0(), a.i1(), 0));
        table.row(NR_fchmod, (task, a) -> fchmod(task, a.i0(), a.i1()));
        table.row(NR_fchmodat, (task, a) -> fchmodat(task, a.i0(), a.a1(), a.i2(), 0));
        table.row(NR_fchmodat2, (task, a) -> fchmodat(task, a.i0(), a.a1(), a.i2(), a.i3()));
        table.row(NR_chown, (task, a) -> fchownat(task, AT_FDCWD, a.a0(), a.i1(), a.i2(), 0));
        table.row(
                NR_lchown,
                (task, a) -> fchownat(task, AT_FDCWD, a.a0(), a.i1(), a.i2(), AT_SYMLINK_NOFOLLOW));
        table.row(NR_fchown, (task, a) -> fchown(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_fchownat, (task, a) -> fchownat(task, a.i0(), a.a1(), a.i2(), a.i3(), a.i4()));
        table.row(NR_utime, (task, a) -> utime(task, a.a0(), a.a1()));
        table.row(NR_utimes, (task, a) -> futimesat(task, AT_FDCWD, a.a0(), a.a1()));
        table.row(NR_futimesat, (task, a) -> futimesat(task, a.i0(), a.a1(), a.a2()));
        table.row(NR_utimensat, (task, a) -> utimensat(task, a.i0(), a.a1(), a.a2(), a.i3()));
        table.row(NR_truncate, (task, a) -> truncate(task, a.a0(), a.a1()));
        table.row(NR_ftruncate, (task, a) -> ftruncate(task, a.i0(), a.a1()));
        table.row(NR_fallocate, (task, a) -> fallocate(task, a.i0(), a.i1(), a.a2(), a.a3()));
    }

    /// Linux: chmod_common()
    private static long chmod(Task task, Path path, int mode) throws ErrnoException {
        path.mount().checkWritable();
        AttributeChange change =
                new AttributeChange().mode(mode & Stat.S_IALLUGO).with(AttributeChange.CTIME);
        if (path.inode().isSymlink()) {
            throw Errno.EOPNOTSUPP.exception();
        }
        Attributes.change(path, change, task.caller());
        return 0;
    }

    private static long fchmod(Task task, int fd, int mode) throws ErrnoException {
        return chmod(task, task.files().get(fd).path(), mode);
    }

    private static long fchmodat(Task task, int directory, long name, int mode, int flags)
            throws ErrnoException {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw Errno.EINVAL.exception();
        }
        return chmod(task, UserPaths.resolve(task, directory, name, flags), mode);
    }

    /// Linux: chown_common()
    private static long chown(Task task, Path path, int uid, int gid) throws ErrnoException {
        path.mount().checkWritable();
        Inode inode = path.inode();
        AttributeChange change = new AttributeChange().with(AttributeChange.CTIME);
        if (uid != -1) {
            change.uid(uid);
        }
        if (gid != -1) {
            change.gid(gid);
        }
        if (!inode.isDirectory()) {
            int group = Attributes.groupBitToDrop(inode, task.credentials());
            change.with(AttributeChange.KILL_SUID | group);
        }
        Attributes.change(path, change, task.caller());
        return 0;
    }

    private static long fchown(Task task, int fd, int uid, int gid) throws ErrnoException {
        return chown(task, task.files().get(fd).path(), uid, gid);
    }

    private static long fchownat(Task task, int directory, long name, int uid, int gid, int flags)
            throws ErrnoException {
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw Errno.EINVAL.exception();
        }
        return chown(task, UserPaths.resolve(task, directory, name, flags), uid, gid);
    }

    /// Linux: vfs_utimes()
    private static long utimes(Task task, Path path, Time access, Time modification)
            throws ErrnoException {
        access.check();
        modification.check();
        path.mount().checkWritable();
        AttributeChange change =
                new AttributeChange()
                        .with(
                                AttributeChange.CTIME
                                        | AttributeChange.ATIME
                                        | AttributeChange.MTIME);
        if (access.isNow() && modification.isNow()) {
            change.with(AttributeChange.TOUCH);
        } else {
            change.with(AttributeChange.TIMES_SET);
            if (access.isOmitted()) {
                change.without(AttributeChange.ATIME);
            } else if (!access.isNow()) {
                change.atime(access.sinceEpoch()).with(AttributeChange.ATIME_SET);
            }
            if (modification.isOmitted()) {
                change.without(AttributeChange.MTIME);
            } else if (!modification.isNow()) {
                change.mtime(modification.sinceEpoch()).with(AttributeChange.MTIME_SET);
            }
        }
        Attributes.change(path, change, task.caller());
        return 0;
    }

    private static long utimensat(Task task, int directory, long name, long times, int flags)
            throws ErrnoException {
        Time access = Time.NOW;
        Time modification = Time.NOW;
        if (times != 0) {
            UserMemory memory = task.memory();
            access = new Time(memory.readLong(times), memory.readLong(times + 8));
            modification = new Time(memory.readLong(times + 16), memory.readLong(times + 24));
            if (access.isOmitted() && modification.isOmitted()) {
                return 0;
            }
        }
        if (name == 0 && directory != AT_FDCWD) {
            if (flags != 0) {
                throw Errno.EINVAL.exception();
            }
            return utimes(task, task.files().get(directory).path(), access, modification);
        }
        if ((flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw Errno.EINVAL.exception();
        }
        Path path = UserPaths.resolve(task, directory, name, flags);
        return utimes(task, path, access, modification);
    }

    /// Linux: do_futimesat(), with a struct timeval[2]
    private static long futimesat(Task task, int directory, long name, long times)
            throws ErrnoException {
        Time access = Time.NOW;
        Time modification = Time.NOW;
        if (times != 0) {
            access = microseconds(task.memory(), times);
            modification = microseconds(task.memory(), times + 16);
        }
        if (name == 0 && directory != AT_FDCWD) {
            return utimes(task, task.files().get(directory).path(), access, modification);
        }
        return utimes(task, UserPaths.resolve(task, directory, name, 0), access, modification);
    }

    private static Time microseconds(UserMemory memory, long vaddr) throws ErrnoException {
        long seconds = memory.readLong(vaddr);
        long micros = memory.readLong(vaddr + 8);
        if (micros < 0 || micros >= 1_000_000) {
            throw Errno.EINVAL.exception();
        }
        return new Time(seconds, micros * 1000);
    }

    private static long utime(Task task, long name, long times) throws ErrnoException {
        Time access = Time.NOW;
        Time modification = Time.NOW;
        if (times != 0) {
            access = new Time(task.memory().readLong(times), 0);
            modification = new Time(task.memory().readLong(times + 8), 0);
        }
        return utimes(task, UserPaths.resolve(task, AT_FDCWD, name, 0), access, modification);
    }

    /// Linux: do_sys_truncate(), vfs_truncate()
    private static long truncate(Task task, long name, long length) throws ErrnoException {
        if (length < 0) {
            throw Errno.EINVAL.exception();
        }
        Path path = UserPaths.resolve(task, AT_FDCWD, name, 0);
        Inode inode = path.inode();
        if (inode.isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (!inode.isRegular()) {
            throw Errno.EINVAL.exception();
        }
        path.mount().checkWritable();
        Permissions.check(inode, Permissions.MAY_WRITE, task.caller());
        inode.acquireWrite();
        try {
            resize(task, path, length, 0);
        } finally {
            inode.releaseWrite();
        }
        return 0;
    }

    private static long ftruncate(Task task, int fd, long length) throws ErrnoException {
        if (length < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        if (!file.inode().isRegular() || !file.isOpenForWriting()) {
            throw Errno.EINVAL.exception();
        }
        int times = AttributeChange.MTIME | AttributeChange.CTIME | AttributeChange.FILE;
        resize(task, file.path(), length, times);
        return 0;
    }

    /// Linux: do_truncate()
    private static void resize(Task task, Path path, long length, int with) throws ErrnoException {
        int drop = Attributes.bitsToDrop(path.inode(), task.credentials());
        AttributeChange change = AttributeChange.ofSize(length).with(with);
        if (drop != 0) {
            change.with(drop | AttributeChange.FORCE);
        }
        Attributes.change(path, change, task.caller());
    }

    /// Linux: vfs_fallocate()
    private static long fallocate(Task task, int fd, int mode, long offset, long length)
            throws ErrnoException {
        OpenFile file = task.files().get(fd);
        if (offset < 0 || length <= 0) {
            throw Errno.EINVAL.exception();
        }
        checkFallocateMode(mode);
        FileIo.checkWritable(file);
        switch (file.inode().type()) {
            case Stat.S_IFIFO -> throw Errno.ESPIPE.exception();
            case Stat.S_IFDIR -> throw Errno.EISDIR.exception();
            case Stat.S_IFREG, Stat.S_IFBLK -> {}
            default -> throw Errno.ENODEV.exception();
        }
        if (offset + length < 0 || offset + length > file.inode().superBlock().maxFileBytes()) {
            throw Errno.EFBIG.exception();
        }
        file.operations().fallocate(file, mode, offset, length, task.caller());
        return 0;
    }

    private static void checkFallocateMode(int mode) throws ErrnoException {
        if ((mode & ~MODE_MASK) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        switch (mode & ~FALLOC_FL_KEEP_SIZE) {
            case 0, FALLOC_FL_UNSHARE_RANGE, FALLOC_FL_ZERO_RANGE -> {}
            case FALLOC_FL_PUNCH_HOLE -> {
                if ((mode & FALLOC_FL_KEEP_SIZE) == 0) {
                    throw Errno.EOPNOTSUPP.exception();
                }
            }
            case FALLOC_FL_COLLAPSE_RANGE, FALLOC_FL_INSERT_RANGE, FALLOC_FL_WRITE_ZEROES -> {
                if ((mode & FALLOC_FL_KEEP_SIZE) != 0) {
                    throw Errno.EOPNOTSUPP.exception();
                }
            }
            default -> throw Errno.EOPNOTSUPP.exception();
        }
    }
}
