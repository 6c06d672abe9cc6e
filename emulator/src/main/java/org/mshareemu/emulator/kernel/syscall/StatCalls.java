package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.Stat.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileStatus;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.Permissions;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Looking at files without opening them. Linux: fs/stat.c, faccessat of fs/open.c
public final class StatCalls {
    private static final long NANOS = 1_000_000_000L;
    private static final int STAT_FLAGS =
            AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_stat, (task, a) -> newfstatat(task, AT_FDCWD, a.a0(), a.a1(), 0));
        table.row(
                NR_lstat,
                (task, a) -> newfstatat(task, AT_FDCWD, a.a0(), a.a1(), AT_SYMLINK_NOFOLLOW));
        table.row(NR_fstat, (task, a) -> fstat(task, a.i0(), a.a1()));
        table.row(NR_newfstatat, (task, a) -> newfstatat(task, a.i0(), a.a1(), a.a2(), a.i3()));
        table.row(NR_statx, (task, a) -> statx(task, a.i0(), a.a1(), a.i2(), a.i3(), a.a4()));
        table.row(NR_access, (task, a) -> faccessat(task, AT_FDCWD, a.a0(), a.i1(), 0));
        table.row(NR_faccessat, (task, a) -> faccessat(task, a.i0(), a.a1(), a.i2(), 0));
        table.row(NR_faccessat2, (task, a) -> faccessat(task, a.i0(), a.a1(), a.i2(), a.i3()));
    }

    private static long fstat(Task task, int fd, long buffer) throws ErrnoException {
        writeStat(task, task.files().getRaw(fd).inode().getattr(), buffer);
        return 0;
    }

    private static long newfstatat(Task task, int directory, long name, long buffer, int flags)
            throws ErrnoException {
        if ((flags & ~STAT_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        Path path = UserPaths.resolve(task, directory, name, flags);
        writeStat(task, path.inode().getattr(), buffer);
        return 0;
    }

    private static ByteBuffer over(byte[] structure) {
        return ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Linux: cp_new_stat()
    private static void writeStat(Task task, FileStatus status, long vaddr) throws ErrnoException {
        byte[] structure = new byte[SIZEOF_STAT];
        ByteBuffer out = over(structure);
        out.putLong(status.device()).putLong(status.inodeNumber()).putLong(status.linkCount());
        out.putInt(status.mode()).putInt(status.uid()).putInt(status.gid()).putInt(0);
        out.putLong(status.rdev()).putLong(status.sizeBytes());
        out.putLong(status.blockSizeBytes()).putLong(status.blocks());
        putTime(out, status.atimeNanos());
        putTime(out, status.mtimeNanos());
        putTime(out, status.ctimeNanos());
        task.memory().write(vaddr, structure, 0, structure.length);
    }

    private static void putTime(ByteBuffer out, long nanos) {
        out.putLong(Math.floorDiv(nanos, NANOS)).putLong(Math.floorMod(nanos, NANOS));
    }

    /// Linux: cp_statx()
    private static long statx(Task task, int directory, long name, int flags, int mask, long buffer)
            throws ErrnoException {
        if ((mask & STATX_RESERVED) != 0
                || (flags & ~STAT_FLAGS) != 0
                || (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE) {
            throw Errno.EINVAL.exception();
        }
        Path path = UserPaths.resolve(task, directory, name, flags);
        FileStatus status = path.inode().getattr();
        boolean born = status.btimeNanos() != -1;
        int known = STATX_BASIC_STATS | STATX_MNT_ID | (born ? STATX_BTIME : 0);
        boolean isRoot = path.dentry() == path.mount().root();
        byte[] structure = new byte[SIZEOF_STATX];
        ByteBuffer out = over(structure);
        out.putInt(known).putInt(status.blockSizeBytes());
        out.putLong(isRoot ? STATX_ATTR_MOUNT_ROOT : 0);
        out.putInt((int) status.linkCount()).putInt(status.uid()).putInt(status.gid());
        out.putShort((short) status.mode()).putShort((short) 0);
        out.putLong(status.inodeNumber()).putLong(status.sizeBytes()).putLong(status.blocks());
        out.putLong(STATX_ATTR_MOUNT_ROOT);
        putStatxTime(out, status.atimeNanos());
        putStatxTime(out, born ? status.btimeNanos() : 0);
        putStatxTime(out, status.ctimeNanos());
        putStatxTime(out, status.mtimeNanos());
        out.putInt(major(status.rdev())).putInt(minor(status.rdev()));
        out.putInt(major(status.device())).putInt(minor(status.device()));
        out.putLong(path.mount().id());
        task.memory().write(buffer, structure, 0, structure.length);
        return 0;
    }

    private static void putStatxTime(ByteBuffer out, long nanos) {
        out.putLong(Math.floorDiv(nanos, NANOS));
        out.putInt((int) Math.floorMod(nanos, NANOS)).putInt(0);
    }

    /// Linux: do_faccessat()
    private static long faccessat(Task task, int directory, long name, int mode, int flags)
            throws ErrnoException {
        if ((mode & ~7) != 0
                || (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            throw Errno.EINVAL.exception();
        }
        CallerContext caller =
                (flags & AT_EACCESS) != 0 ? task.caller() : RealCaller.of(task.caller());
        Path path = UserPaths.resolve(task, caller, directory, name, flags);
        Inode inode = path.inode();
        if ((mode & Permissions.MAY_EXEC) != 0
                && inode.isRegular()
                && path.mount().has(MountFlags.MS_NOEXEC)) {
            throw Errno.EACCES.exception();
        }
        Permissions.check(inode, mode | Permissions.MAY_ACCESS, caller);
        int type = inode.type();
        boolean special = type != S_IFREG && type != S_IFDIR && type != S_IFLNK;
        if ((mode & Permissions.MAY_WRITE) != 0 && !special && path.mount().isReadOnly()) {
            throw Errno.EROFS.exception();
        }
        return 0;
    }
}
