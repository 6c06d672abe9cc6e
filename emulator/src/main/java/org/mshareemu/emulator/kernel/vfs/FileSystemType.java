package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// A kind of file system that can be mounted by name. Linux: struct file_system_type
public interface FileSystemType {
    /// As given to mount(2) and shown in /proc/filesystems.
    String name();

    /// Makes a super block with its root, or hands out one that exists. Linux: init_fs_context,
    /// get_tree
    ///
    /// @throws ErrnoException as mount(2); EINVAL for an option it does not know
    SuperBlock mount(MountRequest request) throws ErrnoException;

    /// Whether it needs no block device: `nodev` in /proc/filesystems.
    default boolean isNoDevice() {
        return true;
    }
}
