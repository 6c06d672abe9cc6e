package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Poll;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// A file that stands for a process; see pidfd_open(2). Readable once the process has ended.
///
/// Linux: pidfd_fops
public final class PidFile implements FileOperations {
    private static final PidFile OPERATIONS = new PidFile();

    private PidFile() {}

    /// Opens one. Linux: pidfd_prepare()
    ///
    /// @param flags O_RDWR, perhaps with O_NONBLOCK
    public static OpenFile open(Vfs vfs, TaskGroup group, int flags, CallerContext caller)
            throws ErrnoException {
        return vfs.anonymousFiles().create("[pidfd]", OPERATIONS, group, flags, caller);
    }

    /// The process a file stands for. Linux: pidfd_pid()
    ///
    /// @throws ErrnoException EBADF if it is another kind of file
    public static TaskGroup groupOf(OpenFile file) throws ErrnoException {
        if (file.operations() != OPERATIONS || !(file.attachment() instanceof TaskGroup group)) {
            throw Errno.EBADF.exception();
        }
        return group;
    }

    @Override
    public int poll(OpenFile file) {
        return isOver(file) ? Poll.POLLIN | Poll.POLLRDNORM : 0;
    }

    private static boolean isOver(OpenFile file) {
        return file.attachment() instanceof TaskGroup group && group.hasEnded();
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public @Nullable WaitQueue waitQueue(OpenFile file) {
        return file.attachment() instanceof TaskGroup group ? group.ended() : null;
    }

    @Override
    public String fdinfo(OpenFile file) {
        int pid =
                file.attachment() instanceof TaskGroup group && !isReleased(group)
                        ? group.tgid()
                        : -1;
        return "Pid:\t" + pid + "\nNSpid:\t" + pid + "\n";
    }

    private static boolean isReleased(TaskGroup group) {
        return group.leader().state() == TaskState.DEAD;
    }
}
