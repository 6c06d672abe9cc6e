package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.emulator.kernel.vfs.FileSystemStatus;
import org.mshareemu.emulator.kernel.vfs.Names;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;
import org.mshareemu.mmu.phys.FrameUse;

/// One tmpfs with its limits. Linux: struct shmem_sb_info
class TmpfsSuperBlock extends SuperBlock {
    private TmpfsOptions options;
    private long usedPages;
    private long usedInodes;
    private long nextInode = 1;

    /// Where the pages of its files come from: nowhere, but they count.
    private final PageSource pages =
            new PageSource() {
                @Override
                public void load(long index, long pfn) throws ErrnoException {
                    if (options.maxPages() != 0 && usedPages >= options.maxPages()) {
                        throw Errno.ENOSPC.exception();
                    }
                    usedPages++;
                }

                @Override
                public void dropped(long index) {
                    usedPages--;
                }

                @Override
                public FrameUse use() {
                    return FrameUse.SHMEM;
                }

                @Override
                public Holes holes() {
                    return Holes.READ_AS_ZERO;
                }
            };

    TmpfsSuperBlock(Vfs vfs, TmpfsType type, TmpfsOptions options, long flags)
            throws ErrnoException {
        super(vfs, type.name(), type.magic(), flags);
        this.options = options;
        int mode = Stat.S_IFDIR | options.mode();
        setRoot(new TmpfsDirectory(this, newInodeNumber(), mode, options.uid(), options.gid()));
    }

    PageSource pages() {
        return pages;
    }

    long maxPages() {
        return options.maxPages();
    }

    /// Takes one of the inodes there may be. Linux: shmem_reserve_inode()
    ///
    /// @throws ErrnoException ENOSPC
    long newInodeNumber() throws ErrnoException {
        takeInode();
        return nextInode++;
    }

    /// Counts an inode, or a hard link, which tmpfs counts as one.
    void takeInode() throws ErrnoException {
        if (options.maxInodes() != 0 && usedInodes >= options.maxInodes()) {
            throw Errno.ENOSPC.exception();
        }
        usedInodes++;
    }

    /// Linux: shmem_free_inode()
    void freeInode() {
        usedInodes--;
    }

    @Override
    public FileSystemStatus statfs() {
        long max = options.maxPages();
        long free = max == 0 ? 0 : Math.max(0, max - usedPages);
        long files = options.maxInodes();
        long freeFiles = files == 0 ? 0 : files - usedInodes;
        return new FileSystemStatus(
                magic(), 4096, max, free, free, files, freeFiles, device(), Names.NAME_MAX, 4096);
    }

    @Override
    public String showOptions() {
        return typeName().equals(TmpfsType.TMPFS.name()) ? options.show(vfs()) : "";
    }

    @Override
    public void remount(String text) throws ErrnoException {
        TmpfsOptions changed = options.with(text, vfs());
        boolean tooSmall = changed.maxPages() != 0 && changed.maxPages() < usedPages;
        boolean tooFew = changed.maxInodes() != 0 && changed.maxInodes() < usedInodes;
        if (tooSmall || tooFew) {
            throw Errno.EINVAL.exception();
        }
        options = changed;
    }
}
