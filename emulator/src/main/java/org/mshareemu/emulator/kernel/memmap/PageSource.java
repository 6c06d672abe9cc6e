package org.mshareemu.emulator.kernel.memmap;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.mmu.phys.FrameUse;

/// Where the pages of a [PageCache] come from and where dirty ones go.
///
/// Linux: the read_folio, writepages and free_folio parts of struct address_space_operations
public interface PageSource {
    /// Memory that starts as zeroes and lives nowhere else: tmpfs files, shared anonymous memory.
    PageSource ZERO =
            new PageSource() {
                @Override
                public void load(long index, long pfn) {}

                @Override
                public FrameUse use() {
                    return FrameUse.SHMEM;
                }

                @Override
                public Holes holes() {
                    return Holes.READ_AS_ZERO;
                }
            };

    /// Fills the frame of a page that is about to enter the cache; the frame holds zeroes.
    ///
    /// @throws ErrnoException EIO, or ENOSPC where there is no room for another page
    void load(long index, long pfn) throws ErrnoException;

    /// Takes the bytes of a dirty page to where they are kept. Linux: writepages
    ///
    /// @throws ErrnoException EIO and what else the store reports
    default void store(long index, long pfn) throws ErrnoException {}

    /// The page left the cache; called once for each page that [#load] filled.
    default void dropped(long index) {}

    /// What the frames are counted as: [FrameUse#PAGE_CACHE] or [FrameUse#SHMEM].
    default FrameUse use() {
        return FrameUse.PAGE_CACHE;
    }

    /// Whether reading a page that is not in the cache has to ask this source.
    default Holes holes() {
        return Holes.LOADED;
    }

    /// What an absent page means to a reader.
    enum Holes {
        /// Its bytes are elsewhere: load it.
        LOADED,
        /// It is a hole and reads as zeroes; reading leaves it a hole.
        READ_AS_ZERO
    }
}
