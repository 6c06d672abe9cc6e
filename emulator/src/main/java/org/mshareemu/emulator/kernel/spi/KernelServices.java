package org.mshareemu.emulator.kernel.spi;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;

/// What a plugin may ask of the machine it is installed in.
public interface KernelServices {
    /// Makes a file-system type mountable. Linux: register_filesystem()
    void registerFileSystem(FileSystemType type);

    /// Makes an empty directory below /sys to mount on. Linux: sysfs_create_mount_point()
    ///
    /// @param path absolute, such as `/sys/fs/mshare`
    void createSysfsMountPoint(String path);

    /// Makes an address space that no task runs in. Linux: mm_alloc() and setting its layout
    ///
    /// @throws ErrnoException ENOMEM
    AddressSpace newAddressSpace(AddressSpaceRequest request) throws ErrnoException;

    /// Asks to be told of tasks that come and go.
    void addTaskLifecycle(TaskLifecycle lifecycle);

    /// One line for the kernel's log. Linux: pr_warn()
    void log(String line);
}
