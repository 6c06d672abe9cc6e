package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FileTable.OnExec;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Opening;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// Opening, closing and copying descriptors. Linux: fs/open.c, fs/file.c
public final class OpenCalls {
    private static final int O_PATH_FLAGS = O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
    private static final int OPEN_HOW_BYTES = 24;
    private static final long VALID_RESOLVE_FLAGS = 0x3f;

    /// A file that waits for the other end of its FIFO, kept over re-runs of the call.
    private record PendingOpen(int fd, OpenFile file) {}

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_open, (task, a) -> openat(task, AT_FDCWD, a.a0(), a.i1(), a.i2()));
        table.row(NR_openat, (task, a) -> openat(task, a.i0(), a.a1(), a.i2(), a.i3()));
        table.row(NR_openat2, (task, a) -> openat2(task, a.i0(), a.a1(), a.a2(), a.a3()));
        table.row(
                NR_creat,
                (task, a) -> openat(task, AT_FDCWD, a.a0(), O_CREAT | O_WRONLY | O_TRUNC, a.i1()));
        table.row(NR_close, (task, a) -> close(task, a.i0()));
        table.row(NR_close_range, (task, a) -> closeRange(task, a.i0(), a.i1(), a.i2()));
        table.row(NR_dup, (task, a) -> dup(task, a.i0()));
        table.row(NR_dup2, (task, a) -> dup2(task, a.i0(), a.i1()));
        table.row(NR_dup3, (task, a) -> dup3(task, a.i0(), a.i1(), a.i2()));
    }

    static long descriptorLimit(Task task) {
        return task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
    }

    private static long openat(Task task, int directory, long nameVaddr, int flags, int mode)
            throws ErrnoException, BlockedException {
        int valid = (flags & VALID_OPEN_FLAGS) | O_LARGEFILE;
        if ((valid & O_PATH) != 0) {
            valid &= O_PATH_FLAGS;
        }
        boolean creates = (valid & (O_CREAT | O_TMPFILE_BIT)) != 0;
        return open(task, directory, nameVaddr, valid, creates ? mode & Stat.S_IALLUGO : 0, 0);
    }

    private static long openat2(Task task, int directory, long nameVaddr, long how, long size)
            throws ErrnoException, BlockedException {
        UserMemory memory = task.memory();
        if (size < OPEN_HOW_BYTES) {
            throw Errno.EINVAL.exception();
        }
        if (size > 4096) {
            throw Errno.E2BIG.exception();
        }
        for (long at = how + OPEN_HOW_BYTES; at < how + size; at++) {
            if (memory.readByte(at) != 0) {
                throw Errno.E2BIG.exception();
            }
        }
        long flags = memory.readLong(how);
        long mode = memory.readLong(how + 8);
        long resolve = memory.readLong(how + 16);
        if ((flags & ~Integer.toUnsignedLong(VALID_OPEN_FLAGS)) != 0
                || (resolve & ~VALID_RESOLVE_FLAGS) != 0
                || (resolve & (RESOLVE_BENEATH | RESOLVE_IN_ROOT))
                        == (RESOLVE_BENEATH | RESOLVE_IN_ROOT)) {
            throw Errno.EINVAL.exception();
        }
        boolean creates = (flags & (O_CREAT | O_TMPFILE_BIT)) != 0;
        if (creates ? (mode & ~Stat.S_IALLUGO) != 0 : mode != 0) {
            throw Errno.EINVAL.exception();
        }
        if ((flags & O_PATH) != 0 && (flags & ~O_PATH_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        if ((resolve & RESOLVE_CACHED) != 0 && (flags & (O_TRUNC | O_CREAT | O_TMPFILE_BIT)) != 0) {
            throw Errno.EAGAIN.exception();
        }
        return open(
                task, directory, nameVaddr, (int) flags | O_LARGEFILE, (int) mode, (int) resolve);
    }

    /// Linux: do_sys_openat2()
    private static long open(
            Task task, int directory, long nameVaddr, int flags, int mode, int resolve)
            throws ErrnoException, BlockedException {
        if (task.progress() instanceof PendingOpen pending) {
            return finish(task, pending);
        }
        checkFlags(flags);
        String name = UserPaths.readOrEmpty(task, nameVaddr);
        FileTable files = task.files();
        int fd = files.reserve(0, OnExec.of(flags, O_CLOEXEC), descriptorLimit(task));
        OpenFile file;
        try {
            if (name.isEmpty()) {
                throw Errno.ENOENT.exception();
            }
            file =
                    Opening.open(
                            task.kernel().vfs(),
                            task.caller(),
                            UserPaths.start(task, directory, name),
                            name,
                            flags,
                            mode,
                            resolve);
        } catch (ErrnoException e) {
            files.unreserve(fd);
            throw e;
        }
        return finish(task, new PendingOpen(fd, file));
    }

    /// Linux: build_open_flags()
    private static void checkFlags(int flags) throws ErrnoException {
        if ((flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT)) {
            throw Errno.EINVAL.exception();
        }
        if ((flags & O_TMPFILE_BIT) != 0
                && ((flags & O_TMPFILE) != O_TMPFILE || (flags & O_ACCMODE) == O_RDONLY)) {
            throw Errno.EINVAL.exception();
        }
    }

    private static long finish(Task task, PendingOpen pending)
            throws ErrnoException, BlockedException {
        OpenFile file = pending.file();
        if (file.isPathOnly() || !file.operations().isOpenPending(file)) {
            task.setProgress(null);
            task.files().install(pending.fd(), file);
            return pending.fd();
        }
        WaitQueue queue = file.operations().waitQueue(file);
        try {
            if (queue == null) {
                throw Errno.ENXIO.exception();
            }
            BlockedException sleep = task.waitOn(queue);
            task.setProgress(pending);
            throw sleep;
        } catch (ErrnoException e) {
            task.setProgress(null);
            task.files().unreserve(pending.fd());
            file.release();
            throw e;
        }
    }

    private static long close(Task task, int fd) throws ErrnoException {
        task.files().close(fd, task.caller());
        return 0;
    }

    private static long closeRange(Task task, int first, int last, int flags)
            throws ErrnoException {
        if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0
                || Integer.compareUnsigned(first, last) > 0) {
            throw Errno.EINVAL.exception();
        }
        FileTable files = task.files();
        if ((flags & CLOSE_RANGE_UNSHARE) != 0 && files.users() > 1) {
            FileTable own = files.copy();
            task.setFiles(own);
            files.release(task.caller());
            files = own;
        }
        if (first < 0) {
            return 0;
        }
        long end = Integer.toUnsignedLong(last);
        for (int fd = files.nextOpen(first); fd >= 0 && fd <= end; fd = files.nextOpen(fd + 1)) {
            if ((flags & CLOSE_RANGE_CLOEXEC) != 0) {
                files.setOnExec(fd, OnExec.CLOSE);
            } else {
                closeQuietly(files, fd, task);
            }
        }
        return 0;
    }

    private static void closeQuietly(FileTable files, int fd, Task task) {
        try {
            files.close(fd, task.caller());
        } catch (ErrnoException _) {
            // close_range(2) does not report what flushing says
        }
    }

    private static long dup(Task task, int fd) throws ErrnoException {
        return duplicate(task, task.files().getRaw(fd), 0, OnExec.KEEP);
    }

    /// Linux: f_dupfd()
    static long duplicate(Task task, OpenFile file, int minimum, OnExec onExec)
            throws ErrnoException {
        FileTable files = task.files();
        int copy = files.reserve(minimum, onExec, descriptorLimit(task));
        file.acquire();
        files.install(copy, file);
        return copy;
    }

    private static long dup2(Task task, int from, int to) throws ErrnoException {
        if (from == to) {
            task.files().getRaw(from);
            return to;
        }
        return replace(task, from, to, OnExec.KEEP);
    }

    private static long dup3(Task task, int from, int to, int flags) throws ErrnoException {
        if ((flags & ~O_CLOEXEC) != 0 || from == to) {
            throw Errno.EINVAL.exception();
        }
        return replace(task, from, to, OnExec.of(flags, O_CLOEXEC));
    }

    private static long replace(Task task, int from, int to, OnExec onExec) throws ErrnoException {
        long number = Integer.toUnsignedLong(to);
        if (Long.compareUnsigned(number, descriptorLimit(task)) >= 0) {
            throw Errno.EBADF.exception();
        }
        OpenFile file = task.files().getRaw(from);
        task.files().replace(to, file, onExec, task.caller());
        return to;
    }
}
