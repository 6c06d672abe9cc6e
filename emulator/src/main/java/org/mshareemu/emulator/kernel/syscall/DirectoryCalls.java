package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.Fcntl.*;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.*;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.AccessTime;
import org.mshareemu.emulator.kernel.vfs.DirectoryFiller;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.Permissions;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Listing directories, and where a task stands. Linux: fs/readdir.c, fs/open.c
public final class DirectoryCalls {
    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.row(
                NR_getdents,
                (task, a) -> getdents(task, a.i0(), new Entries(task, a.a1(), a.i2(), false)));
        table.row(
                NR_getdents64,
                (task, a) -> getdents(task, a.i0(), new Entries(task, a.a1(), a.i2(), true)));
        table.row(NR_chdir, (task, a) -> chdir(task, a.a0()));
        table.row(NR_fchdir, (task, a) -> fchdir(task, a.i0()));
        table.row(NR_getcwd, (task, a) -> getcwd(task, a.a0(), a.a1()));
        table.row(NR_umask, (task, a) -> umask(task, a.i0()));
    }

    /// Directory entries being laid out in the guest's buffer. Linux: struct getdents_callback64
    private static final class Entries implements DirectoryFiller {
        private final Task task;
        private final long size;
        private final boolean modern;
        private long vaddr;
        private long used;
        private boolean refusedFirst;

        /// @param modern struct linux_dirent64, otherwise struct linux_dirent
        Entries(Task task, long vaddr, int size, boolean modern) {
            this.task = task;
            this.vaddr = vaddr;
            this.size = Integer.toUnsignedLong(size);
            this.modern = modern;
        }

        @Override
        public boolean emit(String name, long inodeNumber, int type, long nextPosition)
                throws ErrnoException {
            byte[] bytes = UserBytes.of(name);
            int header = modern ? 19 : 18;
            int tail = modern ? 1 : 2;
            int length = (header + bytes.length + tail + 7) & -8;
            if (used + length > size) {
                refusedFirst = used == 0;
                return false;
            }
            byte[] entry = new byte[length];
            ByteBuffer out = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
            out.putLong(inodeNumber).putLong(nextPosition).putShort((short) length);
            if (modern) {
                out.put((byte) type);
            } else {
                entry[length - 1] = (byte) type;
            }
            System.arraycopy(bytes, 0, entry, header, bytes.length);
            try {
                task.memory().write(vaddr, entry, 0, length);
            } catch (ErrnoException e) {
                if (used > 0) {
                    return false;
                }
                throw e;
            }
            vaddr += length;
            used += length;
            return true;
        }
    }

    /// Linux: iterate_dir()
    private static long getdents(Task task, int fd, Entries entries) throws ErrnoException {
        OpenFile file = task.files().get(fd);
        if (!file.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        if (file.dentry().isDeleted()) {
            throw Errno.ENOENT.exception();
        }
        file.operations().iterate(file, entries, task.caller());
        AccessTime.touch(file);
        if (entries.refusedFirst) {
            throw Errno.EINVAL.exception();
        }
        return entries.used;
    }

    private static long chdir(Task task, long nameVaddr) throws ErrnoException {
        task.fs().setDirectory(directory(task, nameVaddr));
        return 0;
    }

    private static Path directory(Task task, long nameVaddr) throws ErrnoException {
        String name = UserPaths.read(task, nameVaddr);
        Path path =
                task.kernel()
                        .vfs()
                        .paths()
                        .resolve(task.caller(), name, PathLookup.FOLLOW | PathLookup.DIRECTORY);
        checkEnter(task, path);
        return path;
    }

    private static void checkEnter(Task task, Path path) throws ErrnoException {
        Permissions.check(
                path.inode(), Permissions.MAY_EXEC | Permissions.MAY_CHDIR, task.caller());
    }

    private static long fchdir(Task task, int fd) throws ErrnoException {
        Path path = task.files().getRaw(fd).path();
        if (!path.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        checkEnter(task, path);
        task.fs().setDirectory(path);
        return 0;
    }

    private static long getcwd(Task task, long buffer, long size) throws ErrnoException {
        FsContext fs = task.fs();
        Path here = fs.directory();
        if (here.dentry().isDeleted()) {
            throw Errno.ENOENT.exception();
        }
        String name = task.kernel().vfs().paths().displayDirectory(here, fs.root());
        byte[] bytes = UserBytes.of(name + "\0");
        if (bytes.length > PATH_MAX) {
            throw Errno.ENAMETOOLONG.exception();
        }
        if (Long.compareUnsigned(bytes.length, size) > 0) {
            throw Errno.ERANGE.exception();
        }
        task.memory().write(buffer, bytes, 0, bytes.length);
        return bytes.length;
    }

    private static long umask(Task task, int mask) {
        int before = task.fs().umask();
        task.fs().setUmask(mask);
        return before;
    }
}
