package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryDirectory;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// A directory of regions: makes regular files (regions) and directories, nothing else.
///
/// Linux: msharefs_dir_inode_ops (patch 03)
final class MshareDirectory extends MemoryDirectory {
    MshareDirectory(SuperBlock superBlock, long number, int fullMode, int uid, int gid) {
        super(superBlock, number, fullMode, uid, gid);
    }

    /// Makes a region owned by the calling thread. Linux: msharefs_create()
    @Override
    public Inode create(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        MshareSuperBlock own = MshareSuperBlock.of(superBlock());
        MshareRegion region = MshareRegion.create(own.services(), own.owners(), caller.task());
        Credentials who = caller.credentials();
        MshareFile file =
                new MshareFile(
                        own,
                        own.vfs().nextInodeNumber(),
                        fullMode,
                        who.fsuid(),
                        Attributes.newGroup(this, caller),
                        region);
        entryAdded(file);
        return file;
    }

    @Override
    public Inode mkdir(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        SuperBlock own = superBlock();
        Inode made =
                new MshareDirectory(
                        own,
                        own.vfs().nextInodeNumber(),
                        fullMode,
                        caller.credentials().fsuid(),
                        Attributes.newGroup(this, caller));
        entryAdded(made);
        return made;
    }

    @Override
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        refuseInfo(victim);
        super.unlink(victim, caller);
    }

    @Override
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        refuseInfo(source);
        refuseInfo(target);
        super.rename(source, newDirectory, newName, target, flags, caller);
    }

    private void refuseInfo(@Nullable Dentry entry) throws ErrnoException {
        if (MshareSuperBlock.of(superBlock()).isInfo(entry)) {
            throw Errno.EPERM.exception();
        }
    }
}
