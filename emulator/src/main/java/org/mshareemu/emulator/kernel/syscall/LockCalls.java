package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_flock;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileLocks;
import org.mshareemu.emulator.kernel.vfs.FileLocks.Lock;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

import java.util.IdentityHashMap;

/// flock(2) and the lock commands of fcntl(2). Linux: fs/locks.c
public final class LockCalls {
    /// Offsets in struct flock.
    private static final int TYPE = 0;

    private static final int WHENCE = 2;
    private static final int START = 8;
    private static final int LENGTH = 16;
    private static final int PID = 24;

    /// A range to be locked.
    private record Wanted(int type, long start, long end, int pid) {}

    /// Owners of POSIX locks that wait, each with the owner it waits for, to find circles. Linux:
    /// blocked_hash
    private final IdentityHashMap<Object, Object> waiting = new IdentityHashMap<>();

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_flock, (task, a) -> flock(task, a.i0(), a.i1()));
    }

    private static long flock(Task task, int fd, int operation)
            throws ErrnoException, BlockedException {
        if ((operation & LOCK_MAND) != 0) {
            throw Errno.EOPNOTSUPP.exception();
        }
        int type =
                switch (operation & ~LOCK_NB) {
                    case LOCK_SH -> F_RDLCK;
                    case LOCK_EX -> F_WRLCK;
                    case LOCK_UN -> F_UNLCK;
                    default -> throw Errno.EINVAL.exception();
                };
        OpenFile file = task.files().get(fd);
        if (type != F_UNLCK && !file.isOpenForReading() && !file.isOpenForWriting()) {
            throw Errno.EBADF.exception();
        }
        FileLocks locks = file.inode().locks();
        if (locks.flock(file, type)) {
            return 0;
        }
        if ((operation & LOCK_NB) != 0) {
            throw Errno.EAGAIN.exception();
        }
        throw task.waitOn(locks.waitQueue());
    }

    long fcntl(Task task, OpenFile file, int command, long vaddr)
            throws ErrnoException, BlockedException {
        Wanted wanted = read(task.memory(), file, vaddr);
        boolean openFile =
                command == F_OFD_GETLK || command == F_OFD_SETLK || command == F_OFD_SETLKW;
        if (openFile && wanted.pid() != 0) {
            throw Errno.EINVAL.exception();
        }
        Object owner = openFile ? file : task.files();
        if (command == F_GETLK || command == F_OFD_GETLK) {
            return test(task.memory(), file, vaddr, wanted, owner);
        }
        checkMode(file, wanted.type());
        FileLocks locks = file.inode().locks();
        if (wanted.type() != F_UNLCK) {
            Lock conflict = locks.findConflict(owner, wanted.type(), wanted.start(), wanted.end());
            if (conflict != null) {
                if (command == F_SETLK || command == F_OFD_SETLK) {
                    throw Errno.EAGAIN.exception();
                }
                throw waitFor(task, locks, owner, openFile ? null : conflict.owner());
            }
        }
        waiting.remove(owner);
        int pid = openFile ? -1 : task.tgid();
        locks.set(owner, wanted.type(), wanted.start(), wanted.end(), pid);
        return 0;
    }

    private BlockedException waitFor(
            Task task, FileLocks locks, Object owner, @Nullable Object holder)
            throws ErrnoException {
        waiting.remove(owner);
        if (holder != null) {
            for (Object at = holder; at != null; at = waiting.get(at)) {
                if (at.equals(owner)) {
                    throw Errno.EDEADLK.exception();
                }
            }
        }
        BlockedException sleep = task.waitOn(locks.waitQueue());
        if (holder != null) {
            waiting.put(owner, holder);
        }
        return sleep;
    }

    private static void checkMode(OpenFile file, int type) throws ErrnoException {
        boolean allowed =
                switch (type) {
                    case F_RDLCK -> file.isOpenForReading();
                    case F_WRLCK -> file.isOpenForWriting();
                    case F_UNLCK -> true;
                    default -> throw Errno.EINVAL.exception();
                };
        if (!allowed) {
            throw Errno.EBADF.exception();
        }
    }

    /// Linux: fcntl_getlk()
    private static long test(
            UserMemory memory, OpenFile file, long vaddr, Wanted wanted, Object owner)
            throws ErrnoException {
        if (wanted.type() != F_RDLCK && wanted.type() != F_WRLCK) {
            throw Errno.EINVAL.exception();
        }
        Lock conflict =
                file.inode()
                        .locks()
                        .findConflict(owner, wanted.type(), wanted.start(), wanted.end());
        if (conflict == null) {
            memory.writeShort(vaddr + TYPE, (short) F_UNLCK);
            return 0;
        }
        boolean toTheEnd = conflict.end() == Long.MAX_VALUE;
        memory.writeShort(vaddr + TYPE, (short) conflict.type());
        memory.writeShort(vaddr + WHENCE, (short) SEEK_SET);
        memory.writeLong(vaddr + START, conflict.start());
        memory.writeLong(vaddr + LENGTH, toTheEnd ? 0 : conflict.end() - conflict.start());
        memory.writeInt(vaddr + PID, conflict.pid());
        return 0;
    }

    /// Linux: flock64_to_posix_lock()
    private static Wanted read(UserMemory memory, OpenFile file, long vaddr) throws ErrnoException {
        int type = memory.readShort(vaddr + TYPE);
        int whence = memory.readShort(vaddr + WHENCE);
        long start = memory.readLong(vaddr + START);
        long length = memory.readLong(vaddr + LENGTH);
        int pid = memory.readInt(vaddr + PID);
        long base =
                switch (whence) {
                    case SEEK_SET -> 0;
                    case SEEK_CUR -> file.position();
                    case SEEK_END -> file.inode().sizeBytes();
                    default -> throw Errno.EINVAL.exception();
                };
        if (start > Long.MAX_VALUE - base) {
            throw Errno.EOVERFLOW.exception();
        }
        long from = base + start;
        if (from < 0) {
            throw Errno.EINVAL.exception();
        }
        if (length == 0) {
            return new Wanted(type, from, Long.MAX_VALUE, pid);
        }
        if (length > 0) {
            if (length - 1 > Long.MAX_VALUE - from) {
                throw Errno.EOVERFLOW.exception();
            }
            long end = from + length;
            return new Wanted(type, from, end < 0 ? Long.MAX_VALUE : end, pid);
        }
        if (from + length < 0) {
            throw Errno.EINVAL.exception();
        }
        return new Wanted(type, from + length, from, pid);
    }
}
