package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.ExtendedAttributes;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.MemoryAttributes;

/// A regular file of tmpfs, or a memfd. Linux: struct shmem_inode_info
final class TmpfsFile extends Inode {
    private static final FileOperations OPERATIONS = new TmpfsFileOperations();

    private final TmpfsSuperBlock tmpfs;
    private final PageCache pages;
    private final MemoryAttributes attributes = new MemoryAttributes();
    private int seals = Fcntl.F_SEAL_SEAL;

    TmpfsFile(TmpfsSuperBlock superBlock, long number, int mode, int uid, int gid) {
        super(superBlock, number, mode, uid, gid);
        this.tmpfs = superBlock;
        this.pages = superBlock.vfs().newPageCache(superBlock.pages());
    }

    @Override
    public FileOperations fileOperations() {
        return OPERATIONS;
    }

    @Override
    public PageCache pageCache() {
        return pages;
    }

    @Override
    public long blocks() {
        return pages.pageCount() * 8;
    }

    @Override
    public int seals() {
        return seals;
    }

    @Override
    public void setSeals(int newSeals) {
        seals = newSeals;
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return attributes;
    }

    boolean hasSeal(int seal) {
        return (seals & seal) != 0;
    }

    long maxPages() {
        return tmpfs.maxPages();
    }

    /// Linux: shmem_setattr()
    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        Attributes.prepare(this, change, caller);
        if (hasSeal(Fcntl.F_SEAL_EXEC)
                && change.has(AttributeChange.MODE)
                && ((mode() ^ change.mode()) & 0x49) != 0) {
            throw Errno.EPERM.exception();
        }
        if (change.has(AttributeChange.SIZE)) {
            long size = change.sizeBytes();
            if ((size < sizeBytes() && hasSeal(Fcntl.F_SEAL_SHRINK))
                    || (size > sizeBytes() && hasSeal(Fcntl.F_SEAL_GROW))) {
                throw Errno.EPERM.exception();
            }
            if (size != sizeBytes()) {
                resize(size, caller);
                touchData();
            }
        }
        Attributes.copy(this, change, caller);
    }

    @Override
    protected void resize(long newSizeBytes, CallerContext caller) {
        boolean shrinks = newSizeBytes < sizeBytes();
        setSize(newSizeBytes);
        if (shrinks) {
            pages.removeFrom((newSizeBytes + 4095) >>> 12);
            pages.zeroTail(newSizeBytes);
        }
    }

    @Override
    protected void evict() {
        pages.close();
        tmpfs.freeInode();
    }
}
