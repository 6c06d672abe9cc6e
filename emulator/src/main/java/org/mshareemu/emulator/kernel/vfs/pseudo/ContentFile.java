package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// A regular file of generated content. Truncating it does nothing.
public class ContentFile extends Inode {
    private final FileOperations operations;

    /// @param permissions without the type
    public ContentFile(
            SuperBlock superBlock,
            long number,
            int permissions,
            int uid,
            int gid,
            Content content) {
        super(superBlock, number, Stat.S_IFREG | permissions, uid, gid);
        this.operations = new ContentOperations(content);
    }

    @Override
    public FileOperations fileOperations() {
        return operations;
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) {}
}
