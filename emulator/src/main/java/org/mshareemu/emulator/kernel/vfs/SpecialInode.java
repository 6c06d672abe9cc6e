package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;

/// A FIFO, socket or device node without anything of its own. Linux: init_special_inode()
public class SpecialInode extends Inode {
    /// @param fullMode type and permissions
    /// @param device which device, 0 for FIFOs and sockets
    public SpecialInode(
            SuperBlock superBlock, long number, int fullMode, int uid, int gid, long device) {
        super(superBlock, number, fullMode, uid, gid, 1, device);
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return superBlock().vfs().specialOperations(mode(), rdev());
    }
}
