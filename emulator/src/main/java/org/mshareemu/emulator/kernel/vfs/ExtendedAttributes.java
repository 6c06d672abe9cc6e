package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.List;

/// Extended attributes of one inode; see xattr(7). Linux: struct xattr_handler
public interface ExtendedAttributes {
    /// The value, or null if there is no such attribute.
    ///
    /// @throws ErrnoException EOPNOTSUPP for a name space the file system does not know
    byte @Nullable [] get(String name) throws ErrnoException;

    /// Sets or, with null, removes; existence has been checked by the caller.
    void set(String name, byte @Nullable [] value) throws ErrnoException;

    /// All names.
    List<String> names();
}
