package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// Takes directory entries as they are found. Linux: struct dir_context
@FunctionalInterface
public interface DirectoryFiller {
    /// Offers one entry.
    ///
    /// @param name of the entry
    /// @param inodeNumber d_ino
    /// @param type d_type, DT_*
    /// @param nextPosition where reading continues behind this entry
    /// @return false if it did not fit: stop, and offer it again next time
    /// @throws ErrnoException EFAULT
    boolean emit(String name, long inodeNumber, int type, long nextPosition) throws ErrnoException;
}
