package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileIo;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.KernelIov;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.UserIov;
import org.mshareemu.emulator.kernel.vfs.pipe.Pipe;
import org.mshareemu.emulator.kernel.vfs.pipe.PipeOperations;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// Moving bytes from file to file. Linux: fs/splice.c, copy_file_range of fs/read_write.c
public final class TransferCalls {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int SPLICE_FLAGS =
            SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT;

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_sendfile, (task, a) -> sendfile(task, a.i0(), a.i1(), a.a2(), a.a3()));
        table.row(
                NR_splice,
                (task, a) -> splice(task, a.i0(), a.a1(), a.i2(), a.a3(), a.a4(), a.i5()));
        table.row(NR_tee, (task, a) -> tee(task, a.i0(), a.i1(), a.a2(), a.i3()));
        table.row(NR_vmsplice, (task, a) -> vmsplice(task, a.i0(), a.a1(), a.a2(), a.i3()));
        table.row(
                NR_copy_file_range,
                (task, a) -> copyFileRange(task, a.i0(), a.a1(), a.i2(), a.a3(), a.a4(), a.i5()));
    }

    /// Ends a transfer that cannot go on: with what was moved, by waiting, or with the error.
    private static long stop(Task task, long done, ErrnoException why, @Nullable WaitQueue waitFor)
            throws ErrnoException, BlockedException {
        try {
            if (why.errno() == Errno.EAGAIN && waitFor != null) {
                BlockedException sleep = task.waitOn(waitFor);
                task.setProgressBytes(done);
                throw sleep;
            }
            throw why;
        } catch (ErrnoException e) {
            if (done > 0) {
                return done;
            }
            throw e;
        }
    }

    /// Linux: do_sendfile()
    private static long sendfile(Task task, int outFd, int inFd, long offsetVaddr, long count)
            throws ErrnoException, BlockedException {
        OpenFile in = task.files().get(inFd);
        FileIo.checkReadable(in);
        long position = in.position();
        if (offsetVaddr != 0) {
            position = task.memory().readLong(offsetVaddr);
            if (!in.hasMode(OpenFile.FMODE_PREAD)) {
                throw Errno.ESPIPE.exception();
            }
        }
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile out = task.files().get(outFd);
        FileIo.checkWritable(out);
        if (!in.hasMode(OpenFile.FMODE_LSEEK) || out.hasFlag(O_APPEND)) {
            throw Errno.EINVAL.exception();
        }
        long done = task.progressBytes();
        long wanted = Math.min(count < 0 ? MAX_RW_COUNT : count, MAX_RW_COUNT);
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, Math.max(1, wanted - done))];
        ErrnoException failure = null;
        while (done < wanted) {
            int length = (int) Math.min(chunk.length, wanted - done);
            try {
                KernelIov to = new KernelIov(chunk, 0, length);
                long got = in.operations().read(in, to, position, task.caller());
                if (got <= 0) {
                    break;
                }
                long put = FileIo.write(out, new KernelIov(chunk, 0, (int) got), task.caller());
                done += put;
                position += put;
            } catch (ErrnoException e) {
                failure = e;
                break;
            }
        }
        if (offsetVaddr == 0) {
            in.setPosition(position);
        } else {
            task.memory().writeLong(offsetVaddr, position);
        }
        if (failure == null) {
            return done;
        }
        return stop(task, done, failure, out.isNonBlocking() ? null : writeQueue(out));
    }

    private static @Nullable WaitQueue writeQueue(OpenFile file) {
        return file.operations().writeQueue(file);
    }

    private static @Nullable WaitQueue readQueue(OpenFile file) {
        return file.operations().waitQueue(file);
    }

    /// Linux: do_splice()
    private static long splice(
            Task task, int inFd, long inOffset, int outFd, long outOffset, long length, int flags)
            throws ErrnoException, BlockedException {
        if (length == 0) {
            return 0;
        }
        if ((flags & ~SPLICE_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile in = task.files().get(inFd);
        OpenFile out = task.files().get(outFd);
        FileIo.checkReadable(in);
        FileIo.checkWritable(out);
        Pipe from = PipeOperations.pipeOf(in);
        Pipe to = PipeOperations.pipeOf(out);
        if ((from != null && inOffset != 0) || (to != null && outOffset != 0)) {
            throw Errno.ESPIPE.exception();
        }
        if (from == null ? to == null : from == to) {
            throw Errno.EINVAL.exception();
        }
        boolean noWait = (flags & SPLICE_F_NONBLOCK) != 0;
        if (from != null && from.isEmpty() && !from.hasNoWriter()) {
            return waitOrFail(task, noWait || in.isNonBlocking(), readQueue(in));
        }
        if (to != null && to.isFull() && !to.hasNoReader()) {
            return waitOrFail(task, noWait || out.isNonBlocking(), writeQueue(out));
        }
        return move(task, in, inOffset, out, outOffset, length, noWait);
    }

    private static long waitOrFail(Task task, boolean noWait, @Nullable WaitQueue queue)
            throws ErrnoException, BlockedException {
        if (noWait || queue == null) {
            throw Errno.EAGAIN.exception();
        }
        throw task.waitOn(queue);
    }

    /// One side is a pipe that is ready; what it has or has room for goes over in one step.
    private static long move(
            Task task,
            OpenFile in,
            long inOffset,
            OpenFile out,
            long outOffset,
            long length,
            boolean noWait)
            throws ErrnoException, BlockedException {
        if (PipeOperations.pipeOf(out) == null && out.hasFlag(O_APPEND)) {
            throw Errno.EINVAL.exception();
        }
        long inAt = offset(task, in, inOffset, OpenFile.FMODE_PREAD);
        long outAt = offset(task, out, outOffset, OpenFile.FMODE_PWRITE);
        Pipe to = PipeOperations.pipeOf(out);
        long room = to == null ? CHUNK_BYTES : to.freeBytes();
        byte[] chunk = new byte[(int) Math.min(Math.min(length, room), CHUNK_BYTES)];
        long got;
        try {
            got =
                    in.operations()
                            .read(in, new KernelIov(chunk, 0, chunk.length), inAt, task.caller());
        } catch (ErrnoException e) {
            boolean waits = !noWait && !in.isNonBlocking();
            return stop(task, 0, e, waits ? readQueue(in) : null);
        }
        if (got <= 0) {
            return 0;
        }
        long put =
                out.operations()
                        .write(out, new KernelIov(chunk, 0, (int) got), outAt, task.caller());
        advance(task, in, inOffset, inAt + put);
        advance(task, out, outOffset, outAt + put);
        return put;
    }

    private static long offset(Task task, OpenFile file, long vaddr, int mode)
            throws ErrnoException {
        if (vaddr == 0) {
            return file.position();
        }
        if (!file.hasMode(mode)) {
            throw Errno.EINVAL.exception();
        }
        long offset = task.memory().readLong(vaddr);
        if (offset < 0) {
            throw Errno.EINVAL.exception();
        }
        return offset;
    }

    private static void advance(Task task, OpenFile file, long vaddr, long position)
            throws ErrnoException {
        if (vaddr != 0) {
            task.memory().writeLong(vaddr, position);
        } else if (file.hasPosition()) {
            file.setPosition(position);
        }
    }

    private static long tee(Task task, int inFd, int outFd, long length, int flags)
            throws ErrnoException, BlockedException {
        if ((flags & ~SPLICE_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (length == 0) {
            return 0;
        }
        OpenFile in = task.files().get(inFd);
        OpenFile out = task.files().get(outFd);
        FileIo.checkReadable(in);
        FileIo.checkWritable(out);
        Pipe from = PipeOperations.pipeOf(in);
        Pipe to = PipeOperations.pipeOf(out);
        if (from == null || to == null || from == to) {
            throw Errno.EINVAL.exception();
        }
        boolean noWait = (flags & SPLICE_F_NONBLOCK) != 0;
        if (from.isEmpty()) {
            if (from.hasNoWriter()) {
                return 0;
            }
            return waitOrFail(task, noWait || in.isNonBlocking(), readQueue(in));
        }
        if (to.hasNoReader()) {
            task.caller().sendSignal(13);
            throw Errno.EPIPE.exception();
        }
        if (to.isFull()) {
            return waitOrFail(task, noWait || out.isNonBlocking(), writeQueue(out));
        }
        return from.tee(to, length);
    }

    private static long vmsplice(Task task, int fd, long vector, long count, int flags)
            throws ErrnoException, BlockedException {
        if ((flags & ~SPLICE_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        OpenFile file = task.files().get(fd);
        if (PipeOperations.pipeOf(file) == null) {
            throw Errno.EBADF.exception();
        }
        UserIov buffers = UserIov.ofVector(task.memory(), vector, count);
        boolean writes = file.isOpenForWriting();
        boolean noWait = (flags & SPLICE_F_NONBLOCK) != 0 || file.isNonBlocking();
        try {
            return writes
                    ? FileIo.write(file, buffers, task.caller())
                    : FileIo.read(file, buffers, task.caller());
        } catch (ErrnoException e) {
            WaitQueue queue = writes ? writeQueue(file) : readQueue(file);
            return stop(task, 0, e, noWait ? null : queue);
        }
    }

    /// Linux: vfs_copy_file_range()
    private static long copyFileRange(
            Task task, int inFd, long inOffset, int outFd, long outOffset, long length, int flags)
            throws ErrnoException {
        OpenFile in = task.files().get(inFd);
        OpenFile out = task.files().get(outFd);
        long inAt = inOffset == 0 ? in.position() : task.memory().readLong(inOffset);
        long outAt = outOffset == 0 ? out.position() : task.memory().readLong(outOffset);
        if (flags != 0) {
            throw Errno.EINVAL.exception();
        }
        checkCopy(in, out);
        if (inAt < 0 || outAt < 0) {
            throw Errno.EINVAL.exception();
        }
        if (inAt + length < 0 || outAt + length < 0) {
            throw Errno.EOVERFLOW.exception();
        }
        Inode source = in.inode();
        long wanted = Math.min(length, Math.max(0, source.sizeBytes() - inAt));
        wanted = Math.min(wanted, MAX_RW_COUNT);
        wanted = FileIo.limitWrite(out, outAt, wanted, task.caller());
        if (source.equals(out.inode()) && outAt + wanted > inAt && outAt < inAt + wanted) {
            throw Errno.EINVAL.exception();
        }
        long done = copy(task, in, inAt, out, outAt, wanted);
        advance(task, in, inOffset, inAt + done);
        advance(task, out, outOffset, outAt + done);
        return done;
    }

    /// Linux: generic_copy_file_checks()
    private static void checkCopy(OpenFile in, OpenFile out) throws ErrnoException {
        if (in.inode().isDirectory() || out.inode().isDirectory()) {
            throw Errno.EISDIR.exception();
        }
        if (!in.inode().isRegular() || !out.inode().isRegular()) {
            throw Errno.EINVAL.exception();
        }
        FileIo.checkReadable(in);
        FileIo.checkWritable(out);
        if (out.hasFlag(O_APPEND)) {
            throw Errno.EBADF.exception();
        }
        if (!in.inode().superBlock().equals(out.inode().superBlock())) {
            throw Errno.EXDEV.exception();
        }
    }

    private static long copy(
            Task task, OpenFile in, long inAt, OpenFile out, long outAt, long wanted)
            throws ErrnoException {
        byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, wanted)];
        long done = 0;
        while (done < wanted) {
            int length = (int) Math.min(chunk.length, wanted - done);
            try {
                KernelIov to = new KernelIov(chunk, 0, length);
                long got = in.operations().read(in, to, inAt + done, task.caller());
                if (got <= 0) {
                    break;
                }
                KernelIov from = new KernelIov(chunk, 0, (int) got);
                done += out.operations().write(out, from, outAt + done, task.caller());
            } catch (ErrnoException e) {
                if (done > 0) {
                    break;
                }
                throw e;
            }
        }
        return done;
    }
}
