package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessTask.Extent;

/// Which task an inode below /proc/PID belongs to. Linux: struct proc_inode, proc_pid_make_inode()
///
/// @param superBlock the mounted procfs
/// @param tid the task
/// @param extent whether the inode is below /proc/PID or below /proc/PID/task/TID
record PidNode(ProcSuperBlock superBlock, int tid, Extent extent) {
    private static final int SLOT_SHIFT = 24;
    private static final int THREAD_SLOTS = 128;

    /// The task, or null if it is gone.
    @Nullable ProcessTask find() {
        return superBlock.views().processes().find(tid);
    }

    /// The task.
    ///
    /// @throws ErrnoException ESRCH if it is gone
    ProcessTask task() throws ErrnoException {
        ProcessTask task = find();
        if (task == null) {
            throw Errno.ESRCH.exception();
        }
        return task;
    }

    /// The task, in a lookup.
    ///
    /// @throws ErrnoException ENOENT if it is gone
    ProcessTask named() throws ErrnoException {
        ProcessTask task = find();
        if (task == null) {
            throw Errno.ENOENT.exception();
        }
        return task;
    }

    /// The task's descriptors.
    ///
    /// @throws ErrnoException ENOENT if it has none
    FileTable files() throws ErrnoException {
        FileTable files = named().files();
        if (files == null) {
            throw Errno.ENOENT.exception();
        }
        return files;
    }

    /// The number of an inode that belongs to the task: the same at each lookup.
    ///
    /// @param slot which file, below 128
    /// @param index of a descriptor, or 0
    long inodeNumber(int slot, int index) {
        int place = extent == Extent.PROCESS ? slot : slot + THREAD_SLOTS;
        return ((tid + 1L) << 32) | ((long) place << SLOT_SHIFT) | index;
    }

    /// Owner of the inodes. Linux: task_dump_owner()
    int uid(ProcessTask task) {
        return task.isDumpable() ? task.credentials().euid() : 0;
    }

    /// Group of the inodes. Linux: task_dump_owner()
    int gid(ProcessTask task) {
        return task.isDumpable() ? task.credentials().egid() : 0;
    }

    /// When the task began, in nanoseconds since the epoch.
    long startRealtimeNanos(ProcessTask task) {
        return superBlock.bootRealtimeNanos() + task.times(Extent.THREAD).startNanos();
    }
}
