package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Ioctls;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileOwner;
import org.mshareemu.emulator.kernel.vfs.FileTable.OnExec;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Permissions;
import org.mshareemu.emulator.kernel.vfs.pipe.Pipe;
import org.mshareemu.emulator.kernel.vfs.pipe.PipeOperations;

/// fcntl and ioctl. Linux: fs/fcntl.c, fs/ioctl.c
public final class FcntlCalls {
    /// Linux: SETFL_MASK
    private static final int SETTABLE_FLAGS = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;

    private static final int ALL_SEALS =
            F_SEAL_SEAL
                    | F_SEAL_SHRINK
                    | F_SEAL_GROW
                    | F_SEAL_WRITE
                    | F_SEAL_FUTURE_WRITE
                    | F_SEAL_EXEC;
    private static final int MAX_WRITE_HINT = 5;
    private static final int SIGRTMAX = 64;

    private final LockCalls locks;

    /// @param locks does the lock commands
    FcntlCalls(LockCalls locks) {
        this.locks = locks;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_fcntl,
                "leases, directory notification and SIGIO",
                (task, a) -> fcntl(task, a.i0(), a.i1(), a.a2()));
        table.row(NR_ioctl, (task, a) -> ioctl(task, a.i0(), a.i1(), a.a2()));
    }

    private long fcntl(Task task, int fd, int command, long argument)
            throws ErrnoException, BlockedException {
        OpenFile file = task.files().getRaw(fd);
        if (file.isPathOnly() && !isForPathFiles(command)) {
            throw Errno.EBADF.exception();
        }
        return switch (command) {
            case F_DUPFD -> duplicate(task, file, argument, OnExec.KEEP);
            case F_DUPFD_CLOEXEC -> duplicate(task, file, argument, OnExec.CLOSE);
            case F_DUPFD_QUERY -> task.files().getRaw((int) argument).equals(file) ? 1 : 0;
            case F_CREATED_QUERY -> file.hasMode(OpenFile.FMODE_CREATED) ? 1 : 0;
            case F_GETFD -> task.files().isCloseOnExec(fd) ? FD_CLOEXEC : 0;
            case F_SETFD -> {
                task.files().setOnExec(fd, OnExec.of((int) argument, FD_CLOEXEC));
                yield 0;
            }
            case F_GETFL -> file.flags();
            case F_SETFL -> setFlags(task, file, (int) argument);
            case F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW ->
                    locks.fcntl(task, file, command, argument);
            case F_GETPIPE_SZ -> pipe(file).capacityBytes();
            case F_SETPIPE_SZ -> PipeOperations.setSize(pipe(file), argument, task.caller());
            case F_ADD_SEALS -> addSeals(file, (int) argument);
            case F_GET_SEALS -> seals(file);
            default -> owner(task, file, command, argument);
        };
    }

    private static boolean isForPathFiles(int command) {
        return switch (command) {
            case F_DUPFD,
                    F_DUPFD_CLOEXEC,
                    F_DUPFD_QUERY,
                    F_CREATED_QUERY,
                    F_GETFD,
                    F_SETFD,
                    F_GETFL ->
                    true;
            default -> false;
        };
    }

    private static long duplicate(Task task, OpenFile file, long minimum, OnExec onExec)
            throws ErrnoException {
        long from = Integer.toUnsignedLong((int) minimum);
        if (Long.compareUnsigned(from, OpenCalls.descriptorLimit(task)) >= 0) {
            throw Errno.EINVAL.exception();
        }
        return OpenCalls.duplicate(task, file, (int) from, onExec);
    }

    /// Linux: setfl()
    private static long setFlags(Task task, OpenFile file, int wanted) throws ErrnoException {
        if ((wanted & O_NOATIME) != 0
                && !file.hasFlag(O_NOATIME)
                && !Permissions.isOwnerOrCapable(file.inode(), task.credentials())) {
            throw Errno.EPERM.exception();
        }
        if ((wanted & O_DIRECT) != 0 && !file.operations().isDirectCapable()) {
            throw Errno.EINVAL.exception();
        }
        int flags = (wanted & SETTABLE_FLAGS) | (file.flags() & ~SETTABLE_FLAGS);
        file.operations().setFlags(file, flags);
        file.setFlags(flags);
        return 0;
    }

    private static Pipe pipe(OpenFile file) throws ErrnoException {
        Pipe pipe = PipeOperations.pipeOf(file);
        if (pipe == null) {
            throw Errno.EBADF.exception();
        }
        return pipe;
    }

    /// Linux: memfd_add_seals()
    private static long addSeals(OpenFile file, int seals) throws ErrnoException {
        if (!file.isOpenForWriting()) {
            throw Errno.EPERM.exception();
        }
        if ((seals & ~ALL_SEALS) != 0) {
            throw Errno.EINVAL.exception();
        }
        Inode inode = file.inode();
        int known = inode.seals();
        if (known == -1) {
            throw Errno.EINVAL.exception();
        }
        if ((known & F_SEAL_SEAL) != 0) {
            throw Errno.EPERM.exception();
        }
        PageCache pages = inode.pageCache();
        if ((seals & F_SEAL_WRITE) != 0
                && (known & F_SEAL_WRITE) == 0
                && pages != null
                && pages.isWritablyMapped()) {
            throw Errno.EBUSY.exception();
        }
        int added = seals;
        if ((seals & F_SEAL_EXEC) != 0 && (inode.mode() & 0x49) != 0) {
            added |= F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE;
        }
        inode.setSeals(known | added);
        return 0;
    }

    private static long seals(OpenFile file) throws ErrnoException {
        int seals = file.inode().seals();
        if (seals == -1) {
            throw Errno.EINVAL.exception();
        }
        return seals;
    }

    /// Signal-driven I/O and hints, which are remembered and have no effect.
    private static long owner(Task task, OpenFile file, int command, long argument)
            throws ErrnoException {
        UserMemory memory = task.memory();
        FileOwner owner = file.owner();
        FileOwner known = owner == null ? new FileOwner(F_OWNER_PID, 0, 0) : owner;
        switch (command) {
            case F_GETOWN -> {
                return known.type() == F_OWNER_PGRP ? -known.id() : known.id();
            }
            case F_SETOWN -> {
                int id = (int) argument;
                if (id == Integer.MIN_VALUE) {
                    throw Errno.EINVAL.exception();
                }
                int type = id < 0 ? F_OWNER_PGRP : F_OWNER_PID;
                setOwner(task, file, new FileOwner(type, Math.abs(id), known.signo()));
            }
            case F_GETOWN_EX -> {
                memory.writeInt(argument, known.type());
                memory.writeInt(argument + 4, known.id());
            }
            case F_SETOWN_EX -> {
                int type = memory.readInt(argument);
                int id = memory.readInt(argument + 4);
                if (type < F_OWNER_TID || type > F_OWNER_PGRP) {
                    throw Errno.EINVAL.exception();
                }
                setOwner(task, file, new FileOwner(type, id, known.signo()));
            }
            case F_GETSIG -> {
                return known.signo();
            }
            case F_SETSIG -> {
                if (argument < 0 || argument > SIGRTMAX) {
                    throw Errno.EINVAL.exception();
                }
                file.setOwner(new FileOwner(known.type(), known.id(), (int) argument));
            }
            case F_GETOWNER_UIDS -> {
                memory.writeInt(argument, file.credentials().uid());
                memory.writeInt(argument + 4, file.credentials().euid());
            }
            case F_GETLEASE -> {
                return F_UNLCK;
            }
            case F_GET_RW_HINT, F_GET_FILE_RW_HINT -> memory.writeLong(argument, 0);
            case F_SET_RW_HINT, F_SET_FILE_RW_HINT -> {
                long hint = memory.readLong(argument);
                if (hint < 0 || hint > MAX_WRITE_HINT) {
                    throw Errno.EINVAL.exception();
                }
            }
            default -> throw Errno.EINVAL.exception();
        }
        return 0;
    }

    private static void setOwner(Task task, OpenFile file, FileOwner owner) throws ErrnoException {
        @Nullable Object target =
                switch (owner.type()) {
                    case F_OWNER_PGRP -> task.kernel().tasks().findProcessGroup(owner.id());
                    case F_OWNER_TID -> task.kernel().tasks().find(owner.id());
                    default -> task.kernel().tasks().findGroup(owner.id());
                };
        if (owner.id() != 0 && target == null) {
            throw Errno.ESRCH.exception();
        }
        file.setOwner(owner);
    }

    /// Linux: do_vfs_ioctl(), then the file's own
    private static long ioctl(Task task, int fd, int command, long argument) throws ErrnoException {
        OpenFile file = task.files().get(fd);
        UserMemory memory = task.memory();
        Inode inode = file.inode();
        switch (command) {
            case Ioctls.FIOCLEX -> task.files().setOnExec(fd, OnExec.CLOSE);
            case Ioctls.FIONCLEX -> task.files().setOnExec(fd, OnExec.KEEP);
            case Ioctls.FIONBIO -> {
                boolean on = memory.readInt(argument) != 0;
                int flags = file.flags();
                file.setFlags(on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
            }
            case Ioctls.FIOASYNC -> {
                if (memory.readInt(argument) != 0) {
                    throw Errno.ENOTTY.exception();
                }
            }
            case Ioctls.FIOQSIZE -> {
                if (!inode.isDirectory() && !inode.isRegular() && !inode.isSymlink()) {
                    throw Errno.ENOTTY.exception();
                }
                memory.writeLong(argument, inode.isDirectory() ? 0 : inode.sizeBytes());
            }
            case Ioctls.FIGETBSZ -> memory.writeInt(argument, 4096);
            case Ioctls.FICLONE -> throw Errno.EOPNOTSUPP.exception();
            case Ioctls.FIONREAD -> {
                if (!inode.isRegular()) {
                    return file.operations().ioctl(file, command, argument, task.caller());
                }
                memory.writeInt(argument, (int) (inode.sizeBytes() - file.position()));
            }
            default -> {
                return file.operations().ioctl(file, command, argument, task.caller());
            }
        }
        return 0;
    }
}
