package org.mshareemu.emulator.kernel.vfs;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.PathLookup.Last;
import org.mshareemu.emulator.kernel.vfs.PathLookup.ParentLookup;

/// Opening files by name. Linux: do_filp_open(), do_dentry_open()
public final class Opening {
    /// Access that an open asks for, by its access mode. Linux: ACC_MODE()
    private static final int[] ACCESS = {
        Permissions.MAY_READ,
        Permissions.MAY_WRITE,
        Permissions.MAY_READ | Permissions.MAY_WRITE,
        Permissions.MAY_READ | Permissions.MAY_WRITE
    };

    private final CallerContext caller;
    private final int flags;
    private final int mode;
    private final int mask;

    private Opening(CallerContext caller, int flags, int mode, int mask) {
        this.caller = caller;
        this.flags = flags;
        this.mode = mode;
        this.mask = mask;
    }

    /// Opens a file by name, as open(2) without the descriptor.
    ///
    /// @param start where a relative name begins; null = the current directory
    /// @param flags O_*, only those of VALID_OPEN_FLAGS
    /// @param mode of a new file, the umask not yet applied
    /// @param resolve RESOLVE_* of openat2(2)
    /// @return a file with one holder: the caller
    public static OpenFile open(
            Vfs vfs,
            CallerContext caller,
            @Nullable Path start,
            String name,
            int flags,
            int mode,
            int resolve)
            throws ErrnoException {
        return open(vfs, caller, start, name, flags, mode, resolve, 0);
    }

    /// Opens a program or interpreter for execution: regular, on a mount without noexec, writing
    /// denied by the caller. Linux: do_open_execat()
    ///
    /// @throws ErrnoException EACCES, ENOENT, …
    public static OpenFile openExec(
            Vfs vfs, CallerContext caller, @Nullable Path start, String name, int lookupFlags)
            throws ErrnoException {
        OpenFile file;
        if (name.isEmpty()) {
            Path place = vfs.paths().resolve(caller, start, name, lookupFlags);
            Permissions.checkOpen(place, Permissions.MAY_EXEC | Permissions.MAY_OPEN, 0, caller);
            file = openPath(place, O_LARGEFILE, caller, FileAccess.EXEC);
        } else {
            int nofollow = (lookupFlags & PathLookup.FOLLOW) != 0 ? 0 : O_NOFOLLOW;
            file =
                    open(
                            vfs,
                            caller,
                            start,
                            name,
                            O_LARGEFILE | nofollow,
                            0,
                            0,
                            Permissions.MAY_EXEC);
        }
        if (!file.inode().isRegular() || file.isNoExec()) {
            file.release();
            throw Errno.EACCES.exception();
        }
        return file;
    }

    private static OpenFile open(
            Vfs vfs,
            CallerContext caller,
            @Nullable Path start,
            String name,
            int flags,
            int mode,
            int resolve,
            int execMask)
            throws ErrnoException {
        int mask = execMask != 0 ? execMask | Permissions.MAY_OPEN : accessMask(flags);
        Opening opening = new Opening(caller, flags, mode, mask);
        PathWalk walk = new PathWalk(vfs, caller, start, resolve << PathLookup.RESOLVE_SHIFT);
        if (name.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if ((flags & O_TMPFILE_BIT) != 0) {
            return opening.openTemporary(walk, name);
        }
        boolean follow =
                (flags & O_NOFOLLOW) == 0 && (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL);
        ParentLookup at = walk.resolveForOpen(name, follow);
        if ((flags & O_CREAT) != 0) {
            return opening.openOrCreate(walk, at);
        }
        return opening.openExisting(walk.finishForOpen(), false, execMask != 0);
    }

    private static int accessMask(int flags) {
        int mask = ACCESS[flags & O_ACCMODE];
        if ((flags & O_TRUNC) != 0) {
            mask |= Permissions.MAY_WRITE;
        }
        if ((flags & O_APPEND) != 0) {
            mask |= Permissions.MAY_APPEND;
        }
        return mask;
    }

    /// Linux: open_last_lookups() with O_CREAT, lookup_open()
    private OpenFile openOrCreate(PathWalk walk, ParentLookup at) throws ErrnoException {
        if (at.last() != Last.NORMAL) {
            if (at.last() == Last.DOT && at.name().equals(".") && isMagicTarget(at)) {
                return openExisting(at.directory(), false, false);
            }
            throw Errno.EISDIR.exception();
        }
        if (at.trailingSlash()) {
            throw Errno.EISDIR.exception();
        }
        Dentry directory = at.directory().dentry();
        Permissions.check(directory.inode(), Permissions.MAY_EXEC, caller);
        Dentry existing = directory.lookup(at.name(), caller);
        if (existing != null) {
            if ((flags & O_EXCL) != 0) {
                throw Errno.EEXIST.exception();
            }
            return openExisting(walk.finishForOpen(), true, false);
        }
        if (directory.isDeleted()) {
            throw Errno.ENOENT.exception();
        }
        Mount mount = at.directory().mount();
        mount.checkWritable();
        Inode parent = directory.inode();
        Permissions.check(parent, Permissions.MAY_WRITE | Permissions.MAY_EXEC, caller);
        int fullMode =
                Stat.S_IFREG
                        | (Attributes.newMode(parent, mode & Stat.S_IALLUGO, caller)
                                & ~caller.fs().umask());
        Inode created = parent.create(directory, at.name(), fullMode, caller);
        Dentry dentry = directory.add(at.name(), created);
        OpenFile file = newFile(new Path(mount, dentry), created.fileOperations());
        file.addMode(OpenFile.FMODE_CREATED);
        finish(file, caller);
        return file;
    }

    private static boolean isMagicTarget(ParentLookup at) {
        return !at.directory().inode().isDirectory();
    }

    /// Linux: do_open()
    private OpenFile openExisting(Path place, boolean creating, boolean exec)
            throws ErrnoException {
        Inode inode = place.inode();
        if (creating) {
            if (inode.isDirectory()) {
                throw Errno.EISDIR.exception();
            }
        }
        if ((flags & O_DIRECTORY) != 0 && !inode.isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if ((flags & O_PATH) != 0) {
            return pathOnly(place, flags, caller);
        }
        boolean truncate = (flags & O_TRUNC) != 0 && inode.isRegular();
        if (truncate) {
            place.mount().checkWritable();
        }
        Permissions.checkOpen(place, mask, flags, caller);
        OpenFile file = newFile(place, inode.fileOperations());
        if (exec) {
            file.addMode(OpenFile.FMODE_EXEC);
        }
        finish(file, caller);
        if (truncate) {
            try {
                truncate(file);
            } catch (ErrnoException e) {
                file.release();
                throw e;
            }
        }
        return file;
    }

    /// Linux: handle_truncate()
    private void truncate(OpenFile file) throws ErrnoException {
        int drop = Attributes.bitsToDrop(file.inode(), caller.credentials());
        AttributeChange change =
                AttributeChange.ofSize(0)
                        .with(AttributeChange.MTIME | AttributeChange.CTIME)
                        .with(
                                AttributeChange.OPEN
                                        | drop
                                        | (drop == 0 ? 0 : AttributeChange.FORCE));
        Attributes.change(file.path(), change, caller);
    }

    /// Linux: do_tmpfile()
    private OpenFile openTemporary(PathWalk walk, String name) throws ErrnoException {
        walk.walkParent(name);
        walk.finish((flags & O_NOFOLLOW) == 0);
        Path place = walk.here();
        if (!place.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        place.mount().checkWritable();
        Inode directory = place.inode();
        Permissions.check(directory, Permissions.MAY_WRITE | Permissions.MAY_EXEC, caller);
        int fullMode =
                Stat.S_IFREG
                        | (Attributes.newMode(directory, mode & Stat.S_IALLUGO, caller)
                                & ~caller.fs().umask());
        Inode made = directory.tmpfile(place.dentry(), fullMode, caller);
        made.setLinkCount(0);
        Dentry dentry = place.dentry().unlinkedChild("#" + made.number(), made);
        made.setTemporary((flags & O_EXCL) == 0);
        OpenFile file = newFile(new Path(place.mount(), dentry), made.fileOperations());
        finish(file, caller);
        return file;
    }

    private OpenFile newFile(Path place, @Nullable FileOperations operations)
            throws ErrnoException {
        if (operations == null) {
            throw Errno.ENXIO.exception();
        }
        return new OpenFile(place, operations, flags, caller.credentials());
    }

    /// Opens a place that was resolved before. Linux: dentry_open()
    public static OpenFile openPath(Path place, int flags, CallerContext caller, FileAccess access)
            throws ErrnoException {
        if ((flags & O_PATH) != 0) {
            return pathOnly(place, flags, caller);
        }
        FileOperations operations = place.inode().fileOperations();
        if (operations == null) {
            throw Errno.ENXIO.exception();
        }
        OpenFile file = new OpenFile(place, operations, flags, caller.credentials());
        if (access == FileAccess.EXEC) {
            file.addMode(OpenFile.FMODE_EXEC);
        }
        finish(file, caller);
        return file;
    }

    private static OpenFile pathOnly(Path place, int flags, CallerContext caller) {
        OpenFile file =
                new OpenFile(place, DeviceTable.UNKNOWN, flags & ~O_ACCMODE, caller.credentials());
        file.clearMode(OpenFile.FMODE_READ | OpenFile.FMODE_WRITE);
        file.addMode(OpenFile.FMODE_PATH);
        return file;
    }

    /// Makes the file usable; on failure its holder is gone. Linux: do_dentry_open()
    ///
    /// @throws ErrnoException EROFS, ETXTBSY, EINVAL (O_DIRECT), and what the operations say
    static void finish(OpenFile file, CallerContext caller) throws ErrnoException {
        Inode inode = file.inode();
        FileOperations operations = file.operations();
        try {
            int type = inode.type();
            if (file.isOpenForWriting()
                    && (type == Stat.S_IFREG || type == Stat.S_IFDIR || type == Stat.S_IFLNK)) {
                inode.acquireWrite();
                try {
                    file.path().mount().beginWrite();
                } catch (ErrnoException e) {
                    inode.releaseWrite();
                    throw e;
                }
                file.setWriting();
            }
            file.addMode(OpenFile.FMODE_LSEEK | OpenFile.FMODE_PREAD | OpenFile.FMODE_PWRITE);
            operations.open(file, caller);
            inode.superBlock().vfs().fileOpened();
            file.setOpened();
            if (!operations.isSeekable()) {
                file.clearMode(OpenFile.FMODE_LSEEK);
            }
            if ((file.flags() & Fcntl.O_DIRECT) != 0 && !operations.isDirectCapable()) {
                throw Errno.EINVAL.exception();
            }
        } catch (ErrnoException e) {
            file.release();
            throw e;
        }
    }

    /// What an opened file is for.
    public enum FileAccess {
        /// As the flags say.
        ORDINARY,
        /// To be executed.
        EXEC
    }
}
