package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;

/// mincore(2) and msync(2): what is in memory, and taking it to where it is kept.
///
/// Linux: mm/mincore.c, mm/msync.c
final class Residency {
    private final Mm mm;
    private final PageTables tables;

    Residency(Mm mm) {
        this.mm = mm;
        this.tables = mm.context().tables();
    }

    void mincore(long start, long lengthBytes, long vectorVaddr) throws ErrnoException {
        if ((start & 4095) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (!isUserRange(start, lengthBytes)) {
            throw Errno.ENOMEM.exception();
        }
        long pages = (lengthBytes >>> 12) + ((lengthBytes & 4095) != 0 ? 1 : 0);
        if (!isUserRange(vectorVaddr, pages)) {
            throw Errno.EFAULT.exception();
        }
        byte[] vector = new byte[(int) Math.min(pages, 4096)];
        long at = start;
        long done = 0;
        while (done < pages) {
            VmArea area = mm.findArea(at);
            if (area == null) {
                throw Errno.ENOMEM.exception();
            }
            int count =
                    (int) Math.min(Math.min(pages - done, vector.length), (area.end() - at) >>> 12);
            for (int i = 0; i < count; i++) {
                vector[i] = (byte) (isInMemory(area, at + ((long) i << 12)) ? 1 : 0);
            }
            mm.memory().write(vectorVaddr + done, vector, 0, count);
            done += count;
            at += (long) count << 12;
        }
    }

    /// Linux: access_ok()
    private boolean isUserRange(long start, long lengthBytes) {
        return Long.compareUnsigned(start, mm.taskSize()) <= 0
                && Long.compareUnsigned(lengthBytes, mm.taskSize() - start) <= 0;
    }

    /// Linux: mincore_pte_range(), __mincore_unmapped_range()
    private boolean isInMemory(VmArea area, long page) {
        long entryPaddr = tables.findEntry(mm.root(), page, Level.PTE);
        if (entryPaddr != PageTables.NONE) {
            long pte = tables.read(entryPaddr);
            if (pte != 0 && !GuardMarker.isGuard(pte)) {
                return true;
            }
        }
        PageCache pages = area.pages();
        return pages != null && pages.find(area.pageOffsetAt(page)) != PageCache.ABSENT;
    }

    void msync(long startAsked, long lengthBytes, int flags) throws ErrnoException {
        if ((flags & ~(Mman.MS_ASYNC | Mman.MS_INVALIDATE | Mman.MS_SYNC)) != 0
                || (startAsked & 4095) != 0
                || ((flags & Mman.MS_ASYNC) != 0 && (flags & Mman.MS_SYNC) != 0)) {
            throw Errno.EINVAL.exception();
        }
        long end = startAsked + (lengthBytes + 4095 & -4096);
        if (Long.compareUnsigned(end, startAsked) < 0) {
            throw Errno.ENOMEM.exception();
        }
        boolean hasHole = false;
        long at = startAsked;
        while (Long.compareUnsigned(at, end) < 0) {
            VmArea area = at < 0 ? null : mm.findAreaFrom(at);
            if (area == null) {
                throw Errno.ENOMEM.exception();
            }
            if (at < area.start()) {
                hasHole = true;
                at = area.start();
                if (flags == Mman.MS_ASYNC || Long.compareUnsigned(at, end) >= 0) {
                    break;
                }
            }
            if ((flags & Mman.MS_INVALIDATE) != 0 && area.has(VM_LOCKED)) {
                throw Errno.EBUSY.exception();
            }
            long partEnd = Long.compareUnsigned(end, area.end()) < 0 ? end : area.end();
            Mappable file = area.file();
            if ((flags & Mman.MS_SYNC) != 0 && file != null && area.isShared()) {
                long first = area.pageOffsetAt(at) << 12;
                file.sync(first, first + (partEnd - at) - 1);
            }
            at = area.end();
        }
        if (hasHole) {
            throw Errno.ENOMEM.exception();
        }
    }
}
