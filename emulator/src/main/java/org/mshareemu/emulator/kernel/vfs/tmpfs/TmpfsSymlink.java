package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.ExtendedAttributes;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryAttributes;

/// A symbolic link of tmpfs. Linux: shmem_symlink_inode_operations
final class TmpfsSymlink extends Inode {
    private final TmpfsSuperBlock tmpfs;
    private final String target;
    private final MemoryAttributes attributes = new MemoryAttributes();

    TmpfsSymlink(TmpfsSuperBlock superBlock, long number, int uid, int gid, String target) {
        super(superBlock, number, Stat.S_IFLNK | Stat.S_IRWXUGO, uid, gid);
        this.tmpfs = superBlock;
        this.target = target;
    }

    @Override
    public long sizeBytes() {
        return target.length();
    }

    @Override
    public @Nullable FileOperations fileOperations() {
        return null;
    }

    @Override
    public String readlink(CallerContext caller) {
        return target;
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return attributes;
    }

    @Override
    protected void evict() {
        tmpfs.freeInode();
    }
}
