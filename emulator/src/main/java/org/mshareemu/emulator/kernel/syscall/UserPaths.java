package org.mshareemu.emulator.kernel.syscall;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;

/// Path names and directory descriptors as system calls are given them.
final class UserPaths {
    private UserPaths() {}

    /// Copies a path name from the guest; it may be empty. Linux: getname_flags() with LOOKUP_EMPTY
    ///
    /// @throws ErrnoException EFAULT, ENAMETOOLONG
    static String readOrEmpty(Task task, long vaddr) throws ErrnoException {
        String name = task.memory().readString(vaddr, Fcntl.PATH_MAX);
        if (name == null) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return name;
    }

    /// Copies a path name from the guest. Linux: getname()
    ///
    /// @throws ErrnoException EFAULT, ENAMETOOLONG, ENOENT if it is empty
    static String read(Task task, long vaddr) throws ErrnoException {
        String name = readOrEmpty(task, vaddr);
        if (name.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        return name;
    }

    /// Where a name begins: null for the current directory and for absolute names. Linux:
    /// path_init()
    ///
    /// @throws ErrnoException EBADF
    static @Nullable Path start(Task task, int directory, String name) throws ErrnoException {
        if (directory == Fcntl.AT_FDCWD || name.startsWith("/")) {
            return null;
        }
        return task.files().getRaw(directory).path();
    }

    /// Resolves a name given to one of the `*at` calls. Linux: user_path_at()
    ///
    /// @param flags AT_SYMLINK_NOFOLLOW and AT_EMPTY_PATH count
    static Path resolve(Task task, int directory, long nameVaddr, int flags) throws ErrnoException {
        return resolve(task, task.caller(), directory, nameVaddr, flags);
    }

    /// As [#resolve(Task, int, long, int)], with somebody else's rights.
    static Path resolve(Task task, CallerContext caller, int directory, long nameVaddr, int flags)
            throws ErrnoException {
        String name =
                (flags & Fcntl.AT_EMPTY_PATH) != 0 && nameVaddr == 0
                        ? ""
                        : readOrEmpty(task, nameVaddr);
        int lookup = (flags & Fcntl.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : PathLookup.FOLLOW;
        if ((flags & Fcntl.AT_EMPTY_PATH) != 0) {
            lookup |= PathLookup.EMPTY;
        } else if (name.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        return task.kernel()
                .vfs()
                .paths()
                .resolve(caller, start(task, directory, name), name, lookup);
    }
}
