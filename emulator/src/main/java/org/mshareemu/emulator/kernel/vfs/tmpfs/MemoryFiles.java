package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Vfs;

/// Files of memfd_create(2) and other memory that is a file without a name. Linux: mm/memfd.c,
/// shm_mnt
public final class MemoryFiles {
    private final Vfs vfs;
    private @Nullable Mount mount;
    private @Nullable InternalTmpfs superBlock;

    public MemoryFiles(Vfs vfs) {
        this.vfs = vfs;
    }

    /// A new file of size 0, open for reading and writing. Linux: memfd_create(),
    /// shmem_file_setup()
    ///
    /// @param name shown in /proc as `/name (deleted)`
    /// @param mode permissions
    /// @param seals F_SEAL_* it starts with
    public OpenFile create(String name, int mode, int seals, CallerContext caller)
            throws ErrnoException {
        InternalTmpfs tmpfs = superBlock();
        Credentials who = caller.credentials();
        TmpfsFile inode =
                new TmpfsFile(
                        tmpfs,
                        tmpfs.newInodeNumber(),
                        Stat.S_IFREG | mode,
                        who.fsuid(),
                        who.fsgid());
        inode.setLinkCount(0);
        inode.setSeals(seals);
        return vfs.anonymousFiles()
                .open(
                        mount(tmpfs),
                        name,
                        inode,
                        inode.fileOperations(),
                        null,
                        Fcntl.O_RDWR | Fcntl.O_LARGEFILE,
                        caller);
    }

    private InternalTmpfs superBlock() throws ErrnoException {
        InternalTmpfs known = superBlock;
        if (known == null) {
            known = new InternalTmpfs(vfs);
            superBlock = known;
        }
        return known;
    }

    private Mount mount(InternalTmpfs tmpfs) {
        Mount known = mount;
        if (known == null) {
            known = vfs.namespace().internalMount(tmpfs, "tmpfs");
            mount = known;
        }
        return known;
    }

    private static final class InternalTmpfs extends TmpfsSuperBlock {
        InternalTmpfs(Vfs vfs) throws ErrnoException {
            super(vfs, TmpfsType.TMPFS, new TmpfsOptions(0, 0, Stat.S_IRWXUGO, 0, 0), 0);
        }

        @Override
        public @Nullable String dynamicName(Dentry dentry) {
            return "/" + dentry.name() + " (deleted)";
        }
    }
}
