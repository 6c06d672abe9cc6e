package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// tmpfs, and its limitless relative ramfs.
///
/// Linux: shmem_fs_type, ramfs_fs_type
///
/// @param name as mounted
/// @param magic f_type
public record TmpfsType(String name, long magic) implements FileSystemType {
    public static final TmpfsType TMPFS = new TmpfsType("tmpfs", MountFlags.TMPFS_MAGIC);
    public static final TmpfsType RAMFS = new TmpfsType("ramfs", MountFlags.RAMFS_MAGIC);

    boolean isLimited() {
        return equals(TMPFS);
    }

    @Override
    public SuperBlock mount(MountRequest request) throws ErrnoException {
        TmpfsOptions options = TmpfsOptions.parse(this, request);
        return new TmpfsSuperBlock(request.vfs(), this, options, request.flags());
    }
}
