package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.IovIter;

import java.util.List;

/// A directory whose entries are read in one go, when reading starts or starts over; positions are
/// indexes in that list.
public interface ListedDirectory {
    /// The file operations of such a directory.
    FileOperations OPERATIONS = new Operations();

    /// All entries but "." and "..".
    ///
    /// @throws ErrnoException EIO, EACCES
    List<DirectoryEntry> list(Dentry directory, CallerContext caller) throws ErrnoException;

    /// See [#OPERATIONS].
    final class Operations implements FileOperations {
        private static final int FIRST = 2;

        private record Listing(List<DirectoryEntry> entries) {}

        private Operations() {}

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
            return Seek.set(file, to, Long.MAX_VALUE);
        }

        @Override
        public void fsync(OpenFile file, Sync sync) {}

        @Override
        public void iterate(OpenFile file, DirectoryFiller filler, CallerContext caller)
                throws ErrnoException {
            if (file.position() == 0 || !(file.attachment() instanceof Listing)) {
                file.setAttachment(new Listing(directoryOf(file).list(file.dentry(), caller)));
            }
            if (!MemoryDirectoryOperations.emitDots(file, filler)
                    || !(file.attachment() instanceof Listing listing)) {
                return;
            }
            List<DirectoryEntry> entries = listing.entries();
            for (long at = file.position() - FIRST; at < entries.size(); at++) {
                DirectoryEntry entry = entries.get((int) at);
                long next = at + FIRST + 1;
                if (!filler.emit(entry.name(), entry.inodeNumber(), entry.type(), next)) {
                    return;
                }
                file.setPosition(next);
            }
        }

        private static ListedDirectory directoryOf(OpenFile file) {
            if (file.inode() instanceof ListedDirectory directory) {
                return directory;
            }
            throw new KernelBug("not a listed directory: " + file.dentry());
        }
    }
}
