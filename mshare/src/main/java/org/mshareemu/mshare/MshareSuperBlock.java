package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.spi.KernelServices;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// One mount of msharefs: a root that everybody may write to, with `mshare_info` in it.
///
/// Linux: msharefs_fill_super() (patches 01, 02)
final class MshareSuperBlock extends SuperBlock {
    private static final long ROOT_INODE_NUMBER = 1;

    /// World-writable without the sticky bit.
    private static final int ROOT_MODE = 040777;

    private final KernelServices services;
    private final MshareOwners owners;
    private final Dentry info;

    MshareSuperBlock(MountRequest request, KernelServices services, MshareOwners owners) {
        super(request.vfs(), "msharefs", MshareAbi.MSHARE_MAGIC, request.flags());
        this.services = services;
        this.owners = owners;
        Credentials mounter = request.caller().credentials();
        setRoot(
                new MshareDirectory(
                        this, ROOT_INODE_NUMBER, ROOT_MODE, mounter.fsuid(), mounter.fsgid()));
        info = root().add(MshareInfo.NAME, new MshareInfo(this, mounter.fsuid(), mounter.fsgid()));
    }

    KernelServices services() {
        return services;
    }

    MshareOwners owners() {
        return owners;
    }

    /// Whether an entry is the one name of `mshare_info` that may not be touched; a hard link to it
    /// is another entry and may.
    boolean isInfo(@Nullable Dentry entry) {
        return entry == info;
    }

    /// The super block a directory of this file system stands in.
    static MshareSuperBlock of(SuperBlock superBlock) {
        if (superBlock instanceof MshareSuperBlock own) {
            return own;
        }
        throw new KernelBug("not an msharefs super block: " + superBlock.typeName());
    }
}
