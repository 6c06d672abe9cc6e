package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

/// /proc/PID/fdinfo/N. Linux: seq_show() of fs/proc/fd.c
final class FdinfoText {
    private FdinfoText() {}

    /// @throws ErrnoException ENOENT if the descriptor is not open any more
    static String of(ProcessTask task, int fd) throws ErrnoException {
        FileTable files = task.files();
        OpenFile file = files == null ? null : files.peek(fd);
        if (files == null || file == null) {
            throw Errno.ENOENT.exception();
        }
        int flags = file.flags() & ~Fcntl.O_CLOEXEC;
        if (files.isCloseOnExec(fd)) {
            flags |= Fcntl.O_CLOEXEC;
        }
        return "pos:\t"
                + file.position()
                + "\nflags:\t0"
                + Integer.toOctalString(flags)
                + "\nmnt_id:\t"
                + file.path().mount().id()
                + "\nino:\t"
                + file.inode().number()
                + "\n"
                + file.operations().fdinfo(file);
    }
}
