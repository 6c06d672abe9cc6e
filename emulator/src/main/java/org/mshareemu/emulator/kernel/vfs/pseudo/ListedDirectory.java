package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.DirectoryFiller;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Seek;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// A directory that the kernel fills and nobody else changes.
public abstract class ListedDirectory extends Inode {
    /// Position behind "." and "..".
    public static final long FIRST = 2;

    private static final FileOperations OPERATIONS = new Operations();

    /// @param permissions without the type
    protected ListedDirectory(
            SuperBlock superBlock, long number, int permissions, int uid, int gid, long links) {
        super(superBlock, number, Stat.S_IFDIR | permissions, uid, gid, links);
    }

    @Override
    public final FileOperations fileOperations() {
        return OPERATIONS;
    }

    /// Offers the entries from a position on, "." and ".." left out.
    ///
    /// @param from [#FIRST], or a `nextPosition` that was given to the lister
    protected abstract void list(long from, Lister lister, CallerContext caller)
            throws ErrnoException;

    /// Takes the entries of a directory.
    @FunctionalInterface
    public interface Lister {
        /// Offers one entry.
        ///
        /// @param type S_IFDIR, S_IFREG, …
        /// @param nextPosition where reading continues behind this entry
        /// @return false if it did not fit: stop
        boolean offer(String name, long inodeNumber, int type, long nextPosition)
                throws ErrnoException;
    }

    private static final class Operations implements FileOperations {
        @Override
        public long read(OpenFile file, IovIter to, long position, CallerContext caller)
                throws ErrnoException {
            throw Errno.EISDIR.exception();
        }

        @Override
        public boolean isSeekable() {
            return true;
        }

        @Override
        public long llseek(OpenFile file, long offset, int whence) throws ErrnoException {
            if (whence == Fcntl.SEEK_DATA || whence == Fcntl.SEEK_HOLE) {
                throw Errno.EINVAL.exception();
            }
            return Seek.generic(file, offset, whence, 0, Long.MAX_VALUE);
        }

        @Override
        public void iterate(OpenFile file, DirectoryFiller filler, CallerContext caller)
                throws ErrnoException {
            ListedDirectory directory = (ListedDirectory) file.inode();
            if (!emitDots(file, filler)) {
                return;
            }
            directory.list(
                    file.position(),
                    (name, number, type, next) -> {
                        if (!filler.emit(name, number, type >>> 12, next)) {
                            return false;
                        }
                        file.setPosition(next);
                        return true;
                    },
                    caller);
        }

        /// Linux: dir_emit_dots()
        private static boolean emitDots(OpenFile file, DirectoryFiller filler)
                throws ErrnoException {
            Dentry directory = file.dentry();
            if (file.position() == 0) {
                if (!filler.emit(".", directory.inode().number(), Stat.S_IFDIR >>> 12, 1)) {
                    return false;
                }
                file.setPosition(1);
            }
            if (file.position() == 1) {
                long above = directory.parent().inode().number();
                if (!filler.emit("..", above, Stat.S_IFDIR >>> 12, FIRST)) {
                    return false;
                }
                file.setPosition(FIRST);
            }
            return true;
        }
    }
}
