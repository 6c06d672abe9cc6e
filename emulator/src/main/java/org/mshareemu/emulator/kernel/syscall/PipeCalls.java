package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_pipe;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_pipe2;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.FileTable.OnExec;
import org.mshareemu.emulator.kernel.vfs.pipe.Pipes;

/// pipe(2) and pipe2(2).
public final class PipeCalls {
    private static final int O_NOTIFICATION_PIPE = Fcntl.O_EXCL;
    private static final int ALLOWED =
            Fcntl.O_CLOEXEC | Fcntl.O_NONBLOCK | Fcntl.O_DIRECT | O_NOTIFICATION_PIPE;

    private final Pipes pipes;

    /// @param pipes the machine's pipes
    public PipeCalls(Pipes pipes) {
        this.pipes = pipes;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(NR_pipe, (task, a) -> pipe2(task, a.a0(), 0));
        table.partly(NR_pipe2, "no notification pipes", (task, a) -> pipe2(task, a.a0(), a.i1()));
    }

    /// Linux: do_pipe2(): the descriptors are taken before they are told, and given back if that
    /// fails.
    private long pipe2(Task task, long endsAt, int flags) throws ErrnoException {
        if ((flags & ~ALLOWED) != 0) {
            throw Errno.EINVAL.exception();
        }
        if ((flags & O_NOTIFICATION_PIPE) != 0) {
            throw Errno.ENOPKG.exception();
        }
        Pipes.Ends ends = pipes.create(flags, task.caller());
        FileTable files = task.files();
        OnExec onExec = OnExec.of(flags, Fcntl.O_CLOEXEC);
        long limit = task.limits().soft(ResourceLimits.RLIMIT_NOFILE);
        int reader = -1;
        int writer = -1;
        try {
            reader = files.reserve(0, onExec, limit);
            writer = files.reserve(0, onExec, limit);
            task.memory().writeLong(endsAt, (long) writer << 32 | reader);
        } catch (ErrnoException failed) {
            unreserve(files, reader);
            unreserve(files, writer);
            ends.reader().release();
            ends.writer().release();
            throw failed;
        }
        files.install(reader, ends.reader());
        files.install(writer, ends.writer());
        return 0;
    }

    private static void unreserve(FileTable files, int fd) {
        if (fd >= 0) {
            files.unreserve(fd);
        }
    }
}
