package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.pseudo.FixedDirectory;

import java.util.Comparator;

/// A directory that belongs to no process. Names that are not there cannot be made either: the
/// lookup itself fails, as proc_lookup() does.
class ProcDirectory extends FixedDirectory {
    /// Shorter names first. Linux: proc_match()
    static final Comparator<String> BY_LENGTH =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final int PERMISSIONS = 0x16d;

    ProcDirectory(
            ProcSuperBlock superBlock, long number, Comparator<String> order, LinkCount linkCount) {
        super(superBlock, number, PERMISSIONS, order, linkCount);
    }

    @Override
    public Inode lookup(Dentry directory, String name, CallerContext caller) throws ErrnoException {
        Inode found = super.lookup(directory, name, caller);
        if (found == null) {
            throw Errno.ENOENT.exception();
        }
        return found;
    }
}
