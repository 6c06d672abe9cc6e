package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// The pages of one file (or of one piece of shared anonymous memory) that are in memory, and the
/// areas that map it. read(2), write(2) and mmap(2) all use these frames, so they always agree.
///
/// Linux: struct address_space
///
/// Invariants: each frame in the index is referenced once by the cache; an entry that maps it holds
/// another reference. Frames leave the index only after every attached area dropped its entries.
/// The size of the file is its owner's business: nothing here knows where the file ends.
public final class PageCache {
    /// Returned by [#find] and [#nextPresent] when there is nothing.
    public static final long ABSENT = FrameIndex.ABSENT;

    private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
    private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;

    private final FrameAllocator allocator;
    private final FrameTable frames;
    private final PhysicalMemory memory;
    private final PageSource source;
    private final FrameUse use;
    private final FrameIndex index = new FrameIndex();

    /// First of the attached areas, in the order of attaching. Linux: i_mmap
    private @Nullable VmArea firstArea;

    private @Nullable VmArea lastArea;

    /// Shared areas that may be written, now or after mprotect. Linux: i_mmap_writable
    private int writableAreas;

    public PageCache(
            FrameAllocator allocator, FrameTable frames, PhysicalMemory memory, PageSource source) {
        this.allocator = allocator;
        this.frames = frames;
        this.memory = memory;
        this.source = source;
        this.use = source.use();
    }

    /// The frame that holds a page, or [#ABSENT]. No reference is taken. Linux: filemap_get_folio()
    public long find(long pageIndex) {
        return index.get(pageIndex);
    }

    /// The frame that holds a page, brought in if need be. No reference is taken: the cache's own
    /// keeps it until the page is removed. Linux: read_cache_folio(), shmem_get_folio()
    ///
    /// @throws ErrnoException ENOMEM, or what [PageSource#load] says
    public long findOrCreate(long pageIndex) throws ErrnoException {
        long pfn = index.get(pageIndex);
        if (pfn != ABSENT) {
            return pfn;
        }
        pfn = allocator.allocate(use);
        if (pfn == FrameAllocator.NO_FRAME) {
            throw Errno.ENOMEM.exception();
        }
        try {
            frames.noteHostWrite(pfn);
            source.load(pageIndex, pfn);
        } catch (ErrnoException e) {
            allocator.put(pfn);
            throw e;
        }
        frames.setFlags(pfn, FrameTable.UPTODATE);
        frames.setPrivateData(pfn, pageIndex);
        index.put(pageIndex, pfn);
        return pfn;
    }

    /// As [#findOrCreate], with a reference for the caller.
    ///
    /// @throws ErrnoException ENOMEM, or what [PageSource#load] says
    public long acquire(long pageIndex) throws ErrnoException {
        long pfn = findOrCreate(pageIndex);
        allocator.get(pfn);
        return pfn;
    }

    /// Pages in memory. Linux: mapping->nrpages
    public long pageCount() {
        return index.size();
    }

    /// What the frames are counted as.
    public FrameUse use() {
        return use;
    }

    /// Whether a writable shared mapping must fault before the first write, because the page has a
    /// store that has to learn of it. Linux: vma_wants_writenotify()
    public boolean wantsWriteNotice() {
        return use == FrameUse.PAGE_CACHE;
    }

    /// The first page at or above an index that is in memory, or [#ABSENT]. Linux: SEEK_DATA
    public long nextPresent(long fromIndex) {
        return index.next(fromIndex);
    }

    /// Copies bytes to the guest, page by page; the caller has cut the length to the file's size.
    ///
    /// @return bytes copied; less than asked if the guest's buffer ends in the middle
    /// @throws ErrnoException EFAULT, ENOMEM, EIO if not a single byte was copied
    public int read(long position, IovIter to, int lengthBytes) throws ErrnoException {
        int done = 0;
        while (done < lengthBytes) {
            long at = position + done;
            int within = (int) at & PAGE_SIZE - 1;
            int chunk = Math.min(lengthBytes - done, PAGE_SIZE - within);
            int copied;
            try {
                copied = readChunk(at >>> PAGE_SHIFT, within, chunk, to);
            } catch (ErrnoException e) {
                if (done > 0) {
                    return done;
                }
                throw e;
            }
            done += copied;
            if (copied < chunk) {
                return copiedOrFault(done);
            }
        }
        return done;
    }

    private int readChunk(long pageIndex, int within, int chunk, IovIter to) throws ErrnoException {
        long pfn = index.get(pageIndex);
        if (pfn == ABSENT) {
            if (source.holes() == PageSource.Holes.READ_AS_ZERO) {
                return to.zero(chunk);
            }
            pfn = findOrCreate(pageIndex);
        }
        allocator.get(pfn);
        try {
            return to.copyTo(memory.segment(), (pfn << PAGE_SHIFT) + within, chunk);
        } finally {
            allocator.put(pfn);
        }
    }

    /// Copies bytes from the guest, page by page; the caller sets the file's size afterwards.
    ///
    /// @return bytes copied; less than asked if the guest's buffer or the store ends in the middle
    /// @throws ErrnoException EFAULT, ENOMEM, ENOSPC, EIO if not a single byte was copied
    public int write(long position, IovIter from, int lengthBytes) throws ErrnoException {
        int done = 0;
        while (done < lengthBytes) {
            long at = position + done;
            int within = (int) at & PAGE_SIZE - 1;
            int chunk = Math.min(lengthBytes - done, PAGE_SIZE - within);
            int copied;
            try {
                copied = writeChunk(at >>> PAGE_SHIFT, within, chunk, from);
            } catch (ErrnoException e) {
                if (done > 0) {
                    return done;
                }
                throw e;
            }
            done += copied;
            if (copied < chunk) {
                return copiedOrFault(done);
            }
        }
        return done;
    }

    private int writeChunk(long pageIndex, int within, int chunk, IovIter from)
            throws ErrnoException {
        long pfn = findOrCreate(pageIndex);
        allocator.get(pfn);
        try {
            frames.noteHostWrite(pfn);
            int copied = from.copyFrom(memory.segment(), (pfn << PAGE_SHIFT) + within, chunk);
            if (copied > 0) {
                frames.setFlags(pfn, FrameTable.DIRTY);
            }
            return copied;
        } finally {
            allocator.put(pfn);
        }
    }

    private static int copiedOrFault(int done) throws ErrnoException {
        if (done == 0) {
            throw Errno.EFAULT.exception();
        }
        return done;
    }

    /// Zeroes from an offset to the end of its page, if that page is in memory: a file that grows
    /// again after truncation reads zeroes there. Linux: truncate_inode_partial_folio()
    public void zeroTail(long byteOffset) {
        int within = (int) byteOffset & PAGE_SIZE - 1;
        if (within != 0) {
            zeroWithinPage(byteOffset, PAGE_SIZE - within);
        }
    }

    /// Zeroes bytes that lie within one page, if it is in memory (the edges of a punched hole).
    public void zeroWithinPage(long byteOffset, int lengthBytes) {
        long pfn = index.get(byteOffset >>> PAGE_SHIFT);
        if (pfn == ABSENT || lengthBytes == 0) {
            return;
        }
        frames.noteHostWrite(pfn);
        int within = (int) byteOffset & PAGE_SIZE - 1;
        memory.fill((pfn << PAGE_SHIFT) + within, lengthBytes, (byte) 0);
        frames.setFlags(pfn, FrameTable.DIRTY);
    }

    /// The file ends at this page now: entries of all areas go first, private copies too, then the
    /// pages. Linux: truncate_pagecache()
    public void removeFrom(long firstIndex) {
        unmap(firstIndex, Long.MAX_VALUE, AddressSpace.Zap.PRIVATE_COPIES_TOO);
        drop(firstIndex, Long.MAX_VALUE);
    }

    /// Pages `[first, last)` become a hole; private copies stay. Linux: shmem_fallocate() with
    /// FALLOC_FL_PUNCH_HOLE
    public void remove(long first, long last) {
        unmap(first, last, AddressSpace.Zap.FILE_PAGES_ONLY);
        drop(first, last);
    }

    private void unmap(long first, long last, AddressSpace.Zap zap) {
        for (VmArea area = firstArea; area != null; area = area.nextInPages) {
            long areaFirst = area.pageOffset();
            long areaLast = areaFirst + (area.lengthBytes() >>> PAGE_SHIFT);
            long from = Math.max(first, areaFirst);
            long to = Math.min(last, areaLast);
            if (from < to) {
                area.addressSpace().unmapFilePages(area, from, to, zap);
            }
        }
    }

    private void drop(long first, long last) {
        for (long at = index.next(first); at != ABSENT && at < last; at = index.next(at + 1)) {
            long pfn = index.remove(at);
            source.dropped(at);
            allocator.put(pfn);
        }
    }

    /// Takes the dirty pages of `[first, last)` to the store. Pages that are mapped stay dirty, as
    /// the guest may write them at any time without a fault. Linux: filemap_write_and_wait_range()
    ///
    /// @throws ErrnoException what [PageSource#store] says; later pages stay dirty
    public void writeBack(long first, long last) throws ErrnoException {
        for (long at = index.next(first); at != ABSENT && at < last; at = index.next(at + 1)) {
            long pfn = index.get(at);
            if (frames.hasFlags(pfn, FrameTable.DIRTY)) {
                source.store(at, pfn);
                if (frames.mapCount(pfn) == 0) {
                    frames.clearFlags(pfn, FrameTable.DIRTY);
                }
            }
        }
    }

    /// Drops all pages, when the file itself goes. Dirty pages must have been written back.
    public void close() {
        if (firstArea != null) {
            throw new KernelBug("page cache closed while mapped by " + firstArea);
        }
        drop(0, Long.MAX_VALUE);
    }

    /// Enters an area that maps this cache. Called by address spaces only. Linux: vma_link_file()
    public void attach(VmArea area) {
        if (area.inPages) {
            throw new KernelBug("area attached twice: " + area);
        }
        area.inPages = true;
        area.previousInPages = lastArea;
        area.nextInPages = null;
        if (lastArea == null) {
            firstArea = area;
        } else {
            lastArea.nextInPages = area;
        }
        lastArea = area;
        if (area.has(VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE)) {
            writableAreas++;
        }
    }

    /// Takes an area out. Called by address spaces only. Linux: unlink_file_vma()
    public void detach(VmArea area) {
        if (!area.inPages) {
            throw new KernelBug("area detached that is not attached: " + area);
        }
        VmArea previous = area.previousInPages;
        VmArea next = area.nextInPages;
        if (previous == null) {
            firstArea = next;
        } else {
            previous.nextInPages = next;
        }
        if (next == null) {
            lastArea = previous;
        } else {
            next.previousInPages = previous;
        }
        area.inPages = false;
        area.previousInPages = null;
        area.nextInPages = null;
        if (area.has(VmFlags.VM_SHARED | VmFlags.VM_MAYWRITE)) {
            writableAreas--;
        }
    }

    /// Whether any area maps this cache. Linux: mapping_mapped()
    public boolean isMapped() {
        return firstArea != null;
    }

    /// Whether any area may write to these pages. Linux: mapping_writably_mapped()
    public boolean isWritablyMapped() {
        return writableAreas > 0;
    }

    /// The attached areas, oldest first; ends with null. Follow with [#nextArea].
    public @Nullable VmArea firstArea() {
        return firstArea;
    }

    /// The area attached after this one, or null.
    public @Nullable VmArea nextArea(VmArea area) {
        return area.nextInPages;
    }
}
