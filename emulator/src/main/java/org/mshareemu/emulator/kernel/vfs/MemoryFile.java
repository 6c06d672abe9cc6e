package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;

/// A regular file whose data are frames of a page cache that has no store behind it.
///
/// Linux: struct shmem_inode_info
public abstract class MemoryFile extends Inode {
    private static final FileOperations OPERATIONS = new MemoryFileOperations();

    private final PageCache pages;
    private final MemoryAttributes attributes = new MemoryAttributes();
    private int seals = Fcntl.F_SEAL_SEAL;

    /// An empty file.
    ///
    /// @param source where new pages come from
    protected MemoryFile(
            SuperBlock superBlock, long number, int mode, int uid, int gid, PageSource source) {
        super(superBlock, number, mode, uid, gid);
        this.pages = superBlock.vfs().newPageCache(source);
    }

    /// What open files in memory do.
    protected static FileOperations memoryOperations() {
        return OPERATIONS;
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

    /// Most pages the file may have, 0 = no limit.
    protected long maxPages() {
        return 0;
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
    protected void resize(long newSizeBytes, CallerContext caller) throws ErrnoException {
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
    }
}
