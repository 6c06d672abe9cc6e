package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.cred.Credentials;

/// Open files that have no name in the tree. Linux: fs/anon_inodes.c, and the internal mounts of
/// pipefs, sockfs and the memfd's tmpfs
public final class AnonymousFiles {
    private final Vfs vfs;
    private @Nullable Mount anonymousMount;
    private @Nullable Inode sharedInode;

    AnonymousFiles(Vfs vfs) {
        this.vfs = vfs;
    }

    /// A file over the one inode that eventfd, epoll and their like share. Linux:
    /// anon_inode_getfile()
    ///
    /// @param name shown as `anon_inode:name`
    /// @param flags O_*
    public OpenFile create(
            String name,
            FileOperations operations,
            @Nullable Object attachment,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        Mount mount = mount();
        Inode inode = sharedInode;
        if (inode == null) {
            inode = new AnonymousInode(mount.superBlock());
            inode.acquire();
            sharedInode = inode;
        }
        Dentry dentry = Dentry.unnamed(mount.superBlock(), "anon_inode:" + name, inode);
        return open(new Path(mount, dentry), operations, attachment, flags, caller);
    }

    /// Opens an unnamed inode of an internal mount. Linux: alloc_file_pseudo()
    ///
    /// @param name what /proc/PID/fd shows
    public OpenFile open(
            Mount mount,
            String name,
            Inode inode,
            FileOperations operations,
            @Nullable Object attachment,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        Dentry dentry = Dentry.unnamed(mount.superBlock(), name, inode);
        return open(new Path(mount, dentry), operations, attachment, flags, caller);
    }

    private static OpenFile open(
            Path path,
            FileOperations operations,
            @Nullable Object attachment,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        OpenFile file = new OpenFile(path, operations, flags, caller.credentials());
        file.setAttachment(attachment);
        Opening.finish(file, caller);
        return file;
    }

    private Mount mount() {
        Mount known = anonymousMount;
        if (known == null) {
            known = vfs.namespace().internalMount(new AnonymousSuperBlock(vfs), "anon_inodefs");
            anonymousMount = known;
        }
        return known;
    }

    void close() {
        Inode inode = sharedInode;
        sharedInode = null;
        if (inode != null) {
            inode.release();
        }
    }

    /// A super block whose entries are all unnamed and show their own name.
    private static final class AnonymousSuperBlock extends SuperBlock {
        AnonymousSuperBlock(Vfs vfs) {
            super(vfs, "anon_inodefs", MountFlags.ANON_INODE_FS_MAGIC, 0);
            setRoot(new MemoryDirectory(this, 1, Stat.S_IFDIR, 0, 0));
        }

        @Override
        public String dynamicName(Dentry dentry) {
            return dentry.name();
        }
    }

    private static final class AnonymousInode extends Inode {
        AnonymousInode(SuperBlock superBlock) {
            Credentials root = Vfs.kernelCredentials();
            super(
                    superBlock,
                    superBlock.vfs().nextInodeNumber(),
                    0x180,
                    root.fsuid(),
                    root.fsgid());
        }

        @Override
        public @Nullable FileOperations fileOperations() {
            return null;
        }
    }
}
