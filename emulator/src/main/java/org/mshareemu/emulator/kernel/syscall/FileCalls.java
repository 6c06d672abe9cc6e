package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.FileOperations.Sync;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.UserIov;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// Reading and writing. Linux: fs/read_write.c, fs/sync.c
public final class FileCalls {
    private static final int RWF_SUPPORTED = 0xff;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_read, (task, a) -> read(task, a.i0(), a.a1(), a.a2()));
        table.row(NR_write, (task, a) -> write(task, a.i0(), a.a1(), a.a2()));
        table.row(NR_pread64, (task, a) -> pread64(task, a.i0(), a.a1(), a.a2(), a.a3()));
        table.row(NR_pwrite64, (task, a) -> pwrite64(task, a.i0(), a.a1(), a.a2(), a.a3()));
        table.row(NR_readv, (task, a) -> readv(task, a.i0(), a.a1(), a.a2()));
        table.row(NR_writev, (task, a) -> writev(task, a.i0(), a.a1(), a.a2()));
        table.row(NR_preadv, (task, a) -> preadv(task, a.i0(), a.a1(), a.a2(), a.a3(), 0));
        table.row(NR_pwritev, (task, a) -> pwritev(task, a.i0(), a.a1(), a.a2(), a.a3(), 0));
        table.row(NR_preadv2, (task, a) -> preadv2(task, a.i0(), a.a1(), a.a2(), a.a3(), a.i5()));
        table.row(NR_pwritev2, (task, a) -> pwritev2(task, a.i0(), a.a1(), a.a2(), a.a3(), a.i5()));
        table.row(NR_lseek, (task, a) -> lseek(task, a.i0(), a.a1(), a.i2()));
        table.row(NR_fsync, (task, a) -> fsync(task, a.i0(), Sync.ALL));
        table.row(NR_fdatasync, (task, a) -> fsync(task, a.i0(), Sync.DATA));
        table.row(NR_sync, (task, _) -> sync(task));
        table.row(NR_syncfs, (task, a) -> syncfs(task, a.i0()));
        table.row(
                NR_sync_file_range,
                (task, a) -> syncFileRange(task, a.i0(), a.a1(), a.a2(), a.i3()));
        table.row(NR_fadvise64, (task, a) -> fadvise64(task, a.i0(), a.a2(), a.i3()));
        table.row(NR_readahead, (task, a) -> readahead(task, a.i0()));
    }

    private static long read(Task task, int fd, long buffer, long count)
            throws ErrnoException, BlockedException {
        OpenFile file = task.files().get(fd);
        FileIo.checkReadable(file);
        return readFrom(task, file, UserIov.of(task.memory(), buffer, count), false);
    }

    private static long readv(Task task, int fd, long vector, long count)
            throws ErrnoException, BlockedException {
        OpenFile file = task.files().get(fd);
        FileIo.checkReadable(file);
        return readFrom(task, file, UserIov.ofVector(task.memory(), vector, count), false);
    }

    /// Reads at the file position; waits unless the file or the call says not to.
    private static long readFrom(Task task, OpenFile file, UserIov to, boolean noWait)
            throws ErrnoException, BlockedException {
        try {
            return FileIo.read(file, to, task.caller());
        } catch (ErrnoException e) {
            throw waitToRead(task, file, e, noWait);
        }
    }

    private static BlockedException waitToRead(
            Task task, OpenFile file, ErrnoException e, boolean noWait) throws ErrnoException {
        WaitQueue queue = file.operations().waitQueue(file);
        if (e.errno() != Errno.EAGAIN || noWait || file.isNonBlocking() || queue == null) {
            throw e;
        }
        return task.waitOn(queue);
    }

    private static long write(Task task, int fd, long buffer, long count)
            throws ErrnoException, BlockedException {
        OpenFile file = task.files().get(fd);
        FileIo.checkWritable(file);
        return writeTo(task, file, UserIov.of(task.memory(), buffer, count), false);
    }

    private static long writev(Task task, int fd, long vector, long count)
            throws ErrnoException, BlockedException {
        OpenFile file = task.files().get(fd);
        FileIo.checkWritable(file);
        return writeTo(task, file, UserIov.ofVector(task.memory(), vector, count), false);
    }

    /// Writes at the file position. What a pipe has no room for waits; a signal then ends the call
    /// with what was written so far.
    private static long writeTo(Task task, OpenFile file, UserIov from, boolean noWait)
            throws ErrnoException, BlockedException {
        long done = task.progressBytes();
        from.skip(done);
        try {
            do {
                done += FileIo.write(file, from, task.caller());
            } while (from.count() > 0 && file.operations().writesEverything());
            return done;
        } catch (ErrnoException e) {
            WaitQueue queue = file.operations().writeQueue(file);
            boolean waits =
                    e.errno() == Errno.EAGAIN && !noWait && !file.isNonBlocking() && queue != null;
            try {
                if (waits && queue != null) {
                    BlockedException sleep = task.waitOn(queue);
                    task.setProgressBytes(done);
                    throw sleep;
                }
                throw e;
            } catch (ErrnoException reason) {
                if (done > 0) {
                    return done;
                }
                throw reason;
            }
        }
    }

    private static long pread64(Task task, int fd, long buffer, long count, long position)
            throws ErrnoException {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        checkPositioned(file, OpenFile.FMODE_PREAD);
        FileIo.checkReadable(file);
        UserIov to = UserIov.of(task.memory(), buffer, count);
        return FileIo.pread(file, to, position, task.caller());
    }

    private static long pwrite64(Task task, int fd, long buffer, long count, long position)
            throws ErrnoException {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        checkPositioned(file, OpenFile.FMODE_PWRITE);
        FileIo.checkWritable(file);
        UserIov from = UserIov.of(task.memory(), buffer, count);
        return FileIo.pwrite(file, from, position, task.caller());
    }

    private static void checkPositioned(OpenFile file, int mode) throws ErrnoException {
        if (!file.hasMode(mode)) {
            throw Errno.ESPIPE.exception();
        }
    }

    private static void checkRwFlags(int flags) throws ErrnoException {
        if ((flags & ~RWF_SUPPORTED) != 0 || (flags & RWF_ATOMIC) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        if ((flags & (RWF_APPEND | RWF_NOAPPEND)) == (RWF_APPEND | RWF_NOAPPEND)) {
            throw Errno.EINVAL.exception();
        }
    }

    private static long preadv(Task task, int fd, long vector, long count, long position, int flags)
            throws ErrnoException {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        checkPositioned(file, OpenFile.FMODE_PREAD);
        FileIo.checkReadable(file);
        UserIov to = UserIov.ofVector(task.memory(), vector, count);
        checkRwFlags(flags);
        return FileIo.pread(file, to, position, task.caller());
    }

    private static long preadv2(
            Task task, int fd, long vector, long count, long position, int flags)
            throws ErrnoException, BlockedException {
        if (position != -1) {
            return preadv(task, fd, vector, count, position, flags);
        }
        OpenFile file = task.files().get(fd);
        FileIo.checkReadable(file);
        UserIov to = UserIov.ofVector(task.memory(), vector, count);
        checkRwFlags(flags);
        return readFrom(task, file, to, (flags & RWF_NOWAIT) != 0);
    }

    private static long pwritev(
            Task task, int fd, long vector, long count, long position, int flags)
            throws ErrnoException {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        checkPositioned(file, OpenFile.FMODE_PWRITE);
        FileIo.checkWritable(file);
        UserIov from = UserIov.ofVector(task.memory(), vector, count);
        checkRwFlags(flags);
        if ((flags & RWF_APPEND) != 0 && file.inode().isRegular()) {
            return FileIo.pwrite(file, from, file.inode().sizeBytes(), task.caller());
        }
        if ((flags & RWF_NOAPPEND) != 0) {
            return file.operations().write(file, from, position, task.caller());
        }
        return FileIo.pwrite(file, from, position, task.caller());
    }

    private static long pwritev2(
            Task task, int fd, long vector, long count, long position, int flags)
            throws ErrnoException, BlockedException {
        if (position != -1) {
            return pwritev(task, fd, vector, count, position, flags);
        }
        OpenFile file = task.files().get(fd);
        FileIo.checkWritable(file);
        UserIov from = UserIov.ofVector(task.memory(), vector, count);
        checkRwFlags(flags);
        if ((flags & RWF_APPEND) != 0 && file.inode().isRegular()) {
            file.setPosition(file.inode().sizeBytes());
        }
        return writeTo(task, file, from, (flags & RWF_NOWAIT) != 0);
    }

    private static long lseek(Task task, int fd, long offset, int whence) throws ErrnoException {
        OpenFile file = task.files().get(fd);
        if (whence < SEEK_SET || whence > SEEK_HOLE) {
            throw Errno.EINVAL.exception();
        }
        if (!file.hasMode(OpenFile.FMODE_LSEEK)) {
            throw Errno.ESPIPE.exception();
        }
        return file.operations().llseek(file, offset, whence);
    }

    private static long fsync(Task task, int fd, Sync sync) throws ErrnoException {
        OpenFile file = task.files().get(fd);
        file.operations().fsync(file, sync);
        return 0;
    }

    private static long sync(Task task) {
        for (Mount mount : task.kernel().vfs().namespace().mounts()) {
            try {
                mount.superBlock().sync();
            } catch (ErrnoException _) {
                // sync(2) has no way to report it
            }
        }
        return 0;
    }

    private static long syncfs(Task task, int fd) throws ErrnoException {
        task.files().get(fd).inode().superBlock().sync();
        return 0;
    }

    private static long syncFileRange(Task task, int fd, long offset, long length, int flags)
            throws ErrnoException {
        OpenFile file = task.files().get(fd);
        if ((flags & ~7) != 0 || offset < 0 || length < 0 || offset + length < 0) {
            throw Errno.EINVAL.exception();
        }
        int type = file.inode().type();
        if (type != Stat.S_IFREG
                && type != Stat.S_IFBLK
                && type != Stat.S_IFDIR
                && type != Stat.S_IFLNK) {
            throw Errno.ESPIPE.exception();
        }
        return 0;
    }

    private static long fadvise64(Task task, int fd, long length, int advice)
            throws ErrnoException {
        OpenFile file = task.files().get(fd);
        if (file.inode().type() == Stat.S_IFIFO) {
            throw Errno.ESPIPE.exception();
        }
        if (length < 0 || advice < 0 || advice > 5) {
            throw Errno.EINVAL.exception();
        }
        return 0;
    }

    private static long readahead(Task task, int fd) throws ErrnoException {
        OpenFile file = task.files().get(fd);
        FileIo.checkReadable(file);
        if (file.inode().pageCache() == null || !file.inode().isRegular()) {
            throw Errno.EINVAL.exception();
        }
        return 0;
    }
}
