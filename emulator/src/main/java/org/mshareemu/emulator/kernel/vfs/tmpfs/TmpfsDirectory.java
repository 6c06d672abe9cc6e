package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.ExtendedAttributes;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryAttributes;
import org.mshareemu.emulator.kernel.vfs.MemoryDirectory;
import org.mshareemu.emulator.kernel.vfs.SpecialInode;

/// A directory of tmpfs. Linux: shmem_dir_inode_operations
final class TmpfsDirectory extends MemoryDirectory {
    /// What each entry adds to st_size. Linux: BOGO_DIRENT_SIZE
    private static final int ENTRY_BYTES = 20;

    private final TmpfsSuperBlock tmpfs;
    private final MemoryAttributes attributes = new MemoryAttributes();
    private int entries = 2;

    TmpfsDirectory(TmpfsSuperBlock superBlock, long number, int mode, int uid, int gid) {
        super(superBlock, number, mode, uid, gid);
        this.tmpfs = superBlock;
    }

    @Override
    public long sizeBytes() {
        return (long) entries * ENTRY_BYTES;
    }

    @Override
    protected void sizeChanged(int change) {
        entries += change;
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return attributes;
    }

    @Override
    public Inode create(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        TmpfsFile file =
                new TmpfsFile(
                        tmpfs, tmpfs.newInodeNumber(), fullMode, owner(caller), group(caller));
        entryAdded(file);
        return file;
    }

    @Override
    public Inode mkdir(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        TmpfsDirectory made =
                new TmpfsDirectory(
                        tmpfs, tmpfs.newInodeNumber(), fullMode, owner(caller), group(caller));
        entryAdded(made);
        return made;
    }

    @Override
    public Inode symlink(Dentry directory, String name, String target, CallerContext caller)
            throws ErrnoException {
        if (target.length() + 1 > 4096) {
            throw Errno.ENAMETOOLONG.exception();
        }
        TmpfsSymlink link =
                new TmpfsSymlink(
                        tmpfs, tmpfs.newInodeNumber(), owner(caller), group(caller), target);
        entryAdded(link);
        return link;
    }

    @Override
    public Inode mknod(
            Dentry directory, String name, int fullMode, long device, CallerContext caller)
            throws ErrnoException {
        Inode node = newSpecial(fullMode, device, caller);
        entryAdded(node);
        return node;
    }

    private Inode newSpecial(int fullMode, long device, CallerContext caller)
            throws ErrnoException {
        return new TmpfsNode(
                tmpfs, tmpfs.newInodeNumber(), fullMode, owner(caller), group(caller), device);
    }

    @Override
    public Inode tmpfile(Dentry directory, int fullMode, CallerContext caller)
            throws ErrnoException {
        return new TmpfsFile(tmpfs, tmpfs.newInodeNumber(), fullMode, owner(caller), group(caller));
    }

    private static int owner(CallerContext caller) {
        return caller.credentials().fsuid();
    }

    private int group(CallerContext caller) {
        return Attributes.newGroup(this, caller);
    }

    /// Linux: shmem_link()
    @Override
    public void link(Dentry target, Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        if (target.inode().linkCount() > 0) {
            tmpfs.takeInode();
        }
        super.link(target, directory, name, caller);
    }

    /// Linux: shmem_unlink()
    @Override
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        Inode inode = victim.inode();
        if (inode.linkCount() > 1 && !inode.isDirectory()) {
            tmpfs.freeInode();
        }
        super.unlink(victim, caller);
    }

    /// Linux: shmem_rename2()
    @Override
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        int known = Fcntl.RENAME_NOREPLACE | Fcntl.RENAME_EXCHANGE | Fcntl.RENAME_WHITEOUT;
        if ((flags & ~known) != 0) {
            throw Errno.EINVAL.exception();
        }
        super.rename(source, newDirectory, newName, target, flags & ~Fcntl.RENAME_WHITEOUT, caller);
    }

    /// A character device 0:0 where the source was. Linux: shmem_whiteout()
    @Override
    public Inode whiteout(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        return mknod(directory, name, Stat.S_IFCHR, 0, caller);
    }

    @Override
    protected void evict() {
        tmpfs.freeInode();
    }

    /// FIFOs, sockets, devices.
    private static final class TmpfsNode extends SpecialInode {
        private final TmpfsSuperBlock tmpfs;
        private final MemoryAttributes attributes = new MemoryAttributes();

        TmpfsNode(
                TmpfsSuperBlock superBlock, long number, int mode, int uid, int gid, long device) {
            super(superBlock, number, mode, uid, gid, device);
            this.tmpfs = superBlock;
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
}
