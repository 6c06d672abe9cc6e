package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.IovIter;

/// Reading a directory whose entries are the cached ones, newest first. Positions are the entries'
/// sequence numbers, so that changes while reading neither repeat nor skip what stays.
///
/// Linux: simple_offset_dir_operations
final class MemoryDirectoryOperations implements FileOperations {
    /// Position behind "." and "..": start with the newest entry.
    private static final long FIRST = 2;

    /// Position behind the last entry. Linux: DIR_OFFSET_EOD
    private static final long END = Integer.MAX_VALUE;

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
        long to =
                switch (whence) {
                    case Fcntl.SEEK_SET -> offset;
                    case Fcntl.SEEK_CUR -> file.position() + offset;
                    default -> -1;
                };
        if (to < 0) {
            throw Errno.EINVAL.exception();
        }
        file.setPosition(to);
        return to;
    }

    @Override
    public void fsync(OpenFile file, Sync sync) {}

    @Override
    public void iterate(OpenFile file, DirectoryFiller filler, CallerContext caller)
            throws ErrnoException {
        Dentry directory = file.dentry();
        if (file.position() == END || !emitDots(file, filler)) {
            return;
        }
        long at = file.position();
        Dentry child = directory.childUpTo(at == FIRST ? Long.MAX_VALUE : at);
        while (child != null) {
            Dentry next = directory.childUpTo(child.sequence() - 1);
            long nextPosition = next == null ? END : next.sequence();
            Inode inode = child.inode();
            int type = Stat.directoryType(inode.mode());
            if (!filler.emit(child.name(), inode.number(), type, nextPosition)) {
                return;
            }
            file.setPosition(nextPosition);
            child = next;
        }
        file.setPosition(END);
    }

    /// Offers "." and ".." where the position says so. Linux: dir_emit_dots()
    ///
    /// @return false if they did not fit
    static boolean emitDots(OpenFile file, DirectoryFiller filler) throws ErrnoException {
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
