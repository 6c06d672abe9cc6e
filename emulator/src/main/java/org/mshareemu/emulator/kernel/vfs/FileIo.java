package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.IovIter;

/// Reading and writing open files: the checks that are the same for all. Linux: fs/read_write.c
public final class FileIo {
    private static final int SIGXFSZ = 25;

    private FileIo() {}

    /// Reads at the file position and moves it. Linux: ksys_read(), vfs_read()
    ///
    /// @return bytes read
    /// @throws ErrnoException EBADF, EINVAL, EFAULT, EAGAIN and what the file says
    public static long read(OpenFile file, IovIter to, CallerContext caller) throws ErrnoException {
        checkReadable(file);
        long count = file.operations().read(file, to, file.position(), caller);
        if (count > 0 && keepsPosition(file)) {
            file.setPosition(file.position() + count);
        }
        return count;
    }

    /// Writes at the file position, or at the end with O_APPEND, and moves it. Linux: ksys_write(),
    /// vfs_write()
    ///
    /// @return bytes written
    /// @throws ErrnoException EBADF, EINVAL, EFAULT, EAGAIN, EFBIG and what the file says
    public static long write(OpenFile file, IovIter from, CallerContext caller)
            throws ErrnoException {
        checkWritable(file);
        long position = file.position();
        if (file.hasFlag(Fcntl.O_APPEND) && file.inode().isRegular()) {
            position = file.inode().sizeBytes();
        }
        long count = file.operations().write(file, from, position, caller);
        if (count > 0 && keepsPosition(file)) {
            file.setPosition(position + count);
        }
        return count;
    }

    private static boolean keepsPosition(OpenFile file) {
        return file.hasPosition() && file.operations().movesPosition();
    }

    /// Linux: ksys_pread64()
    ///
    /// @throws ErrnoException as [#read]; ESPIPE for streams, EINVAL for a negative position
    public static long pread(OpenFile file, IovIter to, long position, CallerContext caller)
            throws ErrnoException {
        if (!file.hasMode(OpenFile.FMODE_PREAD)) {
            throw Errno.ESPIPE.exception();
        }
        checkReadable(file);
        checkPosition(position, to.count());
        return file.operations().read(file, to, position, caller);
    }

    /// Linux: ksys_pwrite64()
    ///
    /// @throws ErrnoException as [#write]; ESPIPE for streams, EINVAL for a negative position
    public static long pwrite(OpenFile file, IovIter from, long position, CallerContext caller)
            throws ErrnoException {
        if (!file.hasMode(OpenFile.FMODE_PWRITE)) {
            throw Errno.ESPIPE.exception();
        }
        checkWritable(file);
        checkPosition(position, from.count());
        boolean append = file.hasFlag(Fcntl.O_APPEND) && file.inode().isRegular();
        long at = append ? file.inode().sizeBytes() : position;
        return file.operations().write(file, from, at, caller);
    }

    /// Refuses files not open for reading.
    ///
    /// @throws ErrnoException EBADF
    public static void checkReadable(OpenFile file) throws ErrnoException {
        if (!file.isOpenForReading()) {
            throw Errno.EBADF.exception();
        }
    }

    /// Refuses files not open for writing.
    ///
    /// @throws ErrnoException EBADF
    public static void checkWritable(OpenFile file) throws ErrnoException {
        if (!file.isOpenForWriting()) {
            throw Errno.EBADF.exception();
        }
    }

    /// Linux: rw_verify_area()
    private static void checkPosition(long position, long count) throws ErrnoException {
        if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        if (position + count < 0) {
            throw Errno.EOVERFLOW.exception();
        }
    }

    /// How much of a write to a regular file is allowed. Linux: generic_write_checks()
    ///
    /// @param count asked for, not 0
    /// @return 1 … count
    /// @throws ErrnoException EFBIG, with SIGXFSZ if it is the caller's limit
    public static long limitWrite(OpenFile file, long position, long count, CallerContext caller)
            throws ErrnoException {
        long allowed = Math.min(count, Fcntl.MAX_RW_COUNT);
        long limit = caller.limits().soft(ResourceLimits.RLIMIT_FSIZE);
        if (limit != ResourceLimits.RLIM_INFINITY) {
            if (Long.compareUnsigned(position, limit) >= 0) {
                caller.sendSignal(SIGXFSZ);
                throw Errno.EFBIG.exception();
            }
            if (Long.compareUnsigned(limit - position, allowed) < 0) {
                allowed = limit - position;
            }
        }
        long max = file.inode().superBlock().maxFileBytes();
        if (position >= max) {
            throw Errno.EFBIG.exception();
        }
        return Math.min(allowed, max - position);
    }

    /// Reads exactly `lengthBytes` for the kernel itself; the position stays. Linux: kernel_read()
    ///
    /// @return bytes read; less at the end of the file
    public static int readFully(
            OpenFile file,
            long position,
            byte[] destination,
            int offset,
            int lengthBytes,
            CallerContext caller)
            throws ErrnoException {
        int done = 0;
        while (done < lengthBytes) {
            KernelIov to = new KernelIov(destination, offset + done, lengthBytes - done);
            long count = file.operations().read(file, to, position + done, caller);
            if (count <= 0) {
                break;
            }
            done += (int) count;
        }
        return done;
    }
}
