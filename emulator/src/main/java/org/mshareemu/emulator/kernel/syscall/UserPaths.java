package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.Task;

/// Path names and other strings as system calls get them. Linux: getname(), strndup_user()
final class UserPaths {
    /// Longest path name, NUL included. Linux: PATH_MAX
    static final int PATH_MAX = 4096;

    private UserPaths() {}

    /// Reads a path name; whether it may be empty is for the lookup to say.
    ///
    /// @throws ErrnoException EFAULT, ENAMETOOLONG
    static String path(Task task, long vaddr) throws ErrnoException {
        String path = task.memory().readString(vaddr, PATH_MAX);
        if (path == null) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return path;
    }

    /// Reads a string argument that is no path.
    ///
    /// @param limitBytes longest allowed, NUL included
    /// @throws ErrnoException EFAULT, EINVAL if it is longer
    static String string(Task task, long vaddr, int limitBytes) throws ErrnoException {
        String text = task.memory().readString(vaddr, limitBytes);
        if (text == null) {
            throw Errno.EINVAL.exception();
        }
        return text;
    }
}
