package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Wait.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.signal.SigInfo;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Kernel;
import org.mshareemu.emulator.kernel.task.PidFile;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.task.TaskGroup;
import org.mshareemu.emulator.kernel.task.TaskWait;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

/// The argument checks of wait4(2) and waitid(2). Linux: kernel_wait4(), kernel_waitid()
final class WaitCalls {
    private static final int COMMON_OPTIONS = WNOHANG | WNOTHREAD | WCLONE | WALL;

    private final Kernel kernel;

    WaitCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    long wait4(Task task, int pid, long statusAt, int options, long usageAt)
            throws ErrnoException, BlockedException {
        if ((options & ~(COMMON_OPTIONS | WUNTRACED | WCONTINUED)) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (pid == Integer.MIN_VALUE) {
            throw Errno.ESRCH.exception();
        }
        int type = pid == -1 ? P_ALL : pid > 0 ? P_PID : P_PGID;
        int id = pid == 0 ? task.group().processGroup().id() : Math.abs(pid);
        TaskWait.Change change =
                kernel.waits().wait(task, new TaskWait.Request(type, id, options | WEXITED));
        if (change == null) {
            return 0;
        }
        if (statusAt != 0) {
            task.memory().writeInt(statusAt, change.status());
        }
        if (usageAt != 0) {
            ResourceUsage.write(task.memory(), usageAt, change.usage(), 0);
        }
        return change.pid();
    }

    long waitid(Task task, int type, int id, long infoAt, int options, long usageAt)
            throws ErrnoException, BlockedException {
        int known = COMMON_OPTIONS | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED;
        if ((options & ~known) != 0 || (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0) {
            throw Errno.EINVAL.exception();
        }
        TaskWait.Request request = request(task, type, id, options);
        TaskWait.Change change;
        try {
            change = kernel.waits().wait(task, request);
        } catch (BlockedException blocked) {
            if (type == P_PIDFD && task.files().get(id).isNonBlocking()) {
                task.cancelWait();
                throw Errno.EAGAIN.exception();
            }
            throw blocked;
        }
        if (change != null && usageAt != 0) {
            ResourceUsage.write(task.memory(), usageAt, change.usage(), 0);
        }
        if (infoAt != 0) {
            writeInfo(task.memory(), infoAt, change);
        }
        return 0;
    }

    private static TaskWait.Request request(Task task, int type, int id, int options)
            throws ErrnoException {
        return switch (type) {
            case P_ALL -> new TaskWait.Request(P_ALL, 0, options);
            case P_PID -> {
                if (id <= 0) {
                    throw Errno.EINVAL.exception();
                }
                yield new TaskWait.Request(P_PID, id, options);
            }
            case P_PGID -> {
                if (id < 0) {
                    throw Errno.EINVAL.exception();
                }
                int pgid = id == 0 ? task.group().processGroup().id() : id;
                yield new TaskWait.Request(P_PGID, pgid, options);
            }
            case P_PIDFD -> {
                if (id < 0) {
                    throw Errno.EINVAL.exception();
                }
                OpenFile file = task.files().get(id);
                TaskGroup group = PidFile.groupOf(file);
                yield new TaskWait.Request(P_PID, group.tgid(), options);
            }
            default -> throw Errno.EINVAL.exception();
        };
    }

    /// Only these fields are written; the rest of the user's siginfo_t stays.
    private static void writeInfo(UserMemory memory, long infoAt, TaskWait.@Nullable Change change)
            throws ErrnoException {
        SigInfo info = change == null ? null : change.info();
        memory.writeInt(infoAt, info == null ? 0 : Signals.SIGCHLD);
        memory.writeInt(infoAt + 4, 0);
        memory.writeInt(infoAt + 8, info == null ? 0 : info.code());
        memory.writeInt(infoAt + 16, info == null ? 0 : info.pid());
        memory.writeInt(infoAt + 20, info == null ? 0 : info.uid());
        memory.writeInt(infoAt + 24, info == null ? 0 : info.status());
    }
}
