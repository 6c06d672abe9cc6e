package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.Arrays;
import java.util.BitSet;

/// Descriptors of one or several tasks. Linux: struct files_struct
///
/// Each slot holds one reference on its file. A slot may be reserved and still empty, while its
/// file is being opened.
public final class FileTable {
    private @Nullable OpenFile[] files = new OpenFile[64];
    private final BitSet used = new BitSet();
    private final BitSet closeOnExec = new BitSet();
    private int users = 1;

    /// What happens to a descriptor at execve(2).
    public enum OnExec {
        KEEP,
        CLOSE;

        /// As the flag of open, dup3, pipe2 says.
        public static OnExec of(int flags, int cloexecFlag) {
            return (flags & cloexecFlag) != 0 ? CLOSE : KEEP;
        }
    }

    /// One more task shares the table (CLONE_FILES).
    public void acquire() {
        users++;
    }

    /// Tasks that share it.
    public int users() {
        return users;
    }

    /// A task leaves; the last one closes everything. Linux: put_files_struct()
    public void release(CallerContext caller) {
        if (--users < 0) {
            throw new KernelBug("file table released too often");
        }
        if (users == 0) {
            for (int fd = used.nextSetBit(0); fd >= 0; fd = used.nextSetBit(fd + 1)) {
                try {
                    close(fd, caller);
                } catch (ErrnoException _) {
                    // exit has nobody to tell that a flush failed
                }
            }
        }
    }

    /// A table of its own for a new process: same files, same flags. Linux: dup_fd()
    public FileTable copy() {
        FileTable copy = new FileTable();
        copy.files = Arrays.copyOf(files, files.length);
        for (int fd = 0; fd < files.length; fd++) {
            OpenFile file = files[fd];
            if (file != null) {
                file.acquire();
                copy.used.set(fd);
            }
        }
        copy.closeOnExec.or(closeOnExec);
        copy.closeOnExec.and(copy.used);
        return copy;
    }

    /// The open file of a descriptor; O_PATH ones count as closed. Linux: fdget()
    ///
    /// @throws ErrnoException EBADF
    public OpenFile get(int fd) throws ErrnoException {
        OpenFile file = getRaw(fd);
        if (file.isPathOnly()) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    /// The open file of a descriptor, O_PATH ones included. Linux: fdget_raw()
    ///
    /// @throws ErrnoException EBADF
    public OpenFile getRaw(int fd) throws ErrnoException {
        OpenFile file = peek(fd);
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    /// The open file of a descriptor or null.
    public @Nullable OpenFile peek(int fd) {
        return fd >= 0 && fd < files.length ? files[fd] : null;
    }

    /// Reserves the lowest free descriptor. Linux: get_unused_fd_flags()
    ///
    /// @param minimum not below this
    /// @param limit RLIMIT_NOFILE
    /// @throws ErrnoException EMFILE
    public int reserve(int minimum, OnExec onExec, long limit) throws ErrnoException {
        int fd = used.nextClearBit(minimum);
        if (Long.compareUnsigned(fd, limit) >= 0) {
            throw Errno.EMFILE.exception();
        }
        used.set(fd);
        closeOnExec.set(fd, onExec == OnExec.CLOSE);
        return fd;
    }

    /// Gives a reservation back. Linux: put_unused_fd()
    public void unreserve(int fd) {
        used.clear(fd);
        closeOnExec.clear(fd);
    }

    /// Puts a file in a reserved slot; the caller's reference moves into the table. Linux:
    /// fd_install()
    public void install(int fd, OpenFile file) {
        if (!used.get(fd) || peek(fd) != null) {
            throw new KernelBug("descriptor " + fd + " was not reserved");
        }
        put(fd, file);
    }

    /// Reserves and installs; the caller's reference moves into the table, or is dropped on
    /// failure.
    ///
    /// @throws ErrnoException EMFILE
    public int add(OpenFile file, OnExec onExec, long limit) throws ErrnoException {
        int fd;
        try {
            fd = reserve(0, onExec, limit);
        } catch (ErrnoException e) {
            file.release();
            throw e;
        }
        put(fd, file);
        return fd;
    }

    private void put(int fd, @Nullable OpenFile file) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.max(fd + 1, files.length * 2));
        }
        files[fd] = file;
    }

    /// Puts a file at a given number, closing what is there; takes a reference of its own. Linux:
    /// do_dup2()
    public void replace(int fd, OpenFile file, OnExec onExec, CallerContext caller)
            throws ErrnoException {
        OpenFile before = peek(fd);
        if (before == null && used.get(fd)) {
            throw Errno.EBUSY.exception();
        }
        file.acquire();
        used.set(fd);
        closeOnExec.set(fd, onExec == OnExec.CLOSE);
        put(fd, file);
        if (before != null) {
            finishClose(before, caller);
        }
    }

    /// Linux: close_fd(), filp_close()
    ///
    /// @throws ErrnoException EBADF, or what flushing says; the descriptor is closed all the same
    public void close(int fd, CallerContext caller) throws ErrnoException {
        OpenFile file = getRaw(fd);
        files[fd] = null;
        used.clear(fd);
        closeOnExec.clear(fd);
        finishClose(file, caller);
    }

    private void finishClose(OpenFile file, CallerContext caller) throws ErrnoException {
        try {
            if (!file.isPathOnly()) {
                FileLocks locks = file.inode().locksIfAny();
                if (locks != null) {
                    locks.releasePosixOf(this);
                }
                file.operations().flush(file, caller);
            }
        } finally {
            file.release();
        }
    }

    public boolean isCloseOnExec(int fd) {
        return closeOnExec.get(fd);
    }

    public void setOnExec(int fd, OnExec onExec) {
        closeOnExec.set(fd, onExec == OnExec.CLOSE);
    }

    /// Closes what is marked so. Linux: do_close_on_exec()
    public void closeOnExec(CallerContext caller) {
        for (int fd = closeOnExec.nextSetBit(0); fd >= 0; fd = closeOnExec.nextSetBit(fd + 1)) {
            if (peek(fd) != null) {
                try {
                    close(fd, caller);
                } catch (ErrnoException _) {
                    // execve has nobody to tell that a flush failed
                }
            }
        }
    }

    /// The lowest open descriptor at or above a number, or -1.
    public int nextOpen(int fromFd) {
        for (int fd = used.nextSetBit(fromFd); fd >= 0; fd = used.nextSetBit(fd + 1)) {
            if (peek(fd) != null) {
                return fd;
            }
        }
        return -1;
    }

    /// Slots there are, for /proc/PID/status FDSize.
    public int capacity() {
        return files.length;
    }
}
