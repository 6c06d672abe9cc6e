package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.spi.KernelServices;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// The file-system type `msharefs`. Every mount has a super block of its own, so two mounts share
/// no regions.
///
/// Linux: mshare_fs_type, msharefs_get_tree() (patch 01)
final class MshareFileSystem implements FileSystemType {
    private final KernelServices services;
    private final MshareOwners owners;

    MshareFileSystem(KernelServices services, MshareOwners owners) {
        this.services = services;
        this.owners = owners;
    }

    @Override
    public String name() {
        return "msharefs";
    }

    @Override
    public SuperBlock mount(MountRequest request) throws ErrnoException {
        if (!request.options().isEmpty()) {
            throw Errno.EINVAL.exception();
        }
        return new MshareSuperBlock(request, services, owners);
    }
}
