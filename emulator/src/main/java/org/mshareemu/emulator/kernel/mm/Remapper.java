package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_DONTEXPAND;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED_MASK;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MAYSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_MSHARE;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_PFNMAP;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SEALED;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.AnonVma;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.tlb.TlbBatch;

/// One call of mremap(2).
///
/// Linux: mm/mremap.c; the fields are those of struct vma_remap_struct
final class Remapper {
    private static final int KNOWN_FLAGS =
            Mman.MREMAP_MAYMOVE | Mman.MREMAP_FIXED | Mman.MREMAP_DONTUNMAP;

    private final Mm mm;
    private final int flags;
    private long vaddr;
    private long oldLength;
    private long newLength;
    private long newVaddr;
    private @Nullable VmArea found;
    private boolean populatesGrowth;

    Remapper(Mm mm, long vaddr, long oldLength, long newLength, int flags, long newVaddr) {
        this.mm = mm;
        this.flags = flags;
        this.vaddr = vaddr;
        this.oldLength = oldLength + 4095 & -4096;
        this.newLength = newLength + 4095 & -4096;
        this.newVaddr = newVaddr;
    }

    /// Linux: do_mremap()
    long run() throws ErrnoException {
        checkParameters();
        if (has(Mman.MREMAP_FIXED) && oldLength == newLength) {
            return moveAll();
        }
        found = mm.findArea(vaddr);
        checkArea();
        long result = impliesNewAddress() ? moveTo() : resizeAt();
        if (populatesGrowth && newLength > oldLength) {
            mm.populator()
                    .populate(newVaddr + oldLength, newVaddr + newLength, Populator.OnError.IGNORE);
        }
        return result;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private boolean impliesNewAddress() {
        return has(Mman.MREMAP_FIXED | Mman.MREMAP_DONTUNMAP);
    }

    private long deltaPages() {
        return (newLength - oldLength) >>> 12;
    }

    private VmArea area() {
        if (found == null) {
            throw new KernelBug("mremap lost its area");
        }
        return found;
    }

    /// Linux: check_mremap_params()
    private void checkParameters() throws ErrnoException {
        if ((flags & ~KNOWN_FLAGS) != 0
                || (vaddr & 4095) != 0
                || newLength == 0
                || Long.compareUnsigned(newLength, mm.taskSize()) > 0) {
            throw Errno.EINVAL.exception();
        }
        if (!impliesNewAddress()) {
            return;
        }
        if (Long.compareUnsigned(newVaddr, mm.taskSize() - newLength) > 0
                || (newVaddr & 4095) != 0
                || !has(Mman.MREMAP_MAYMOVE)
                || (has(Mman.MREMAP_DONTUNMAP) && oldLength != newLength)
                || overlaps()) {
            throw Errno.EINVAL.exception();
        }
        if (mm.tree().size() + 2 >= mm.context().maxMapCount() - 3) {
            throw Errno.ENOMEM.exception();
        }
    }

    private boolean overlaps() {
        return Long.compareUnsigned(vaddr + oldLength, newVaddr) > 0
                && Long.compareUnsigned(newVaddr + newLength, vaddr) > 0;
    }

    /// Moves every area of the range, keeping the distances between them. Linux: remap_move()
    private long moveAll() throws ErrnoException {
        long start = vaddr;
        long end = vaddr + oldLength;
        long target = newVaddr;
        long result = 0;
        long lastEnd = 0;
        boolean isFirst = true;
        VmArea next = start < 0 ? null : mm.tree().firstIn(start, end);
        while (next != null) {
            if (isFirst && next.start() > start) {
                throw Errno.EFAULT.exception();
            }
            long from = Math.max(next.start(), start);
            long areaEnd = next.end();
            long offset = isFirst ? 0 : next.start() - lastEnd;
            lastEnd = areaEnd;
            // A file that picks addresses itself may not honour MREMAP_FIXED for a second area.
            if (next.has(VM_MSHARE) && (!isFirst || areaEnd < end)) {
                throw Errno.EFAULT.exception();
            }
            found = next;
            vaddr = from;
            newVaddr = target + offset;
            oldLength = Math.min(end, areaEnd) - from;
            newLength = oldLength;
            checkArea();
            long moved = moveTo();
            if (isFirst) {
                result = moved;
            }
            target = moved + newLength;
            isFirst = false;
            next = mm.tree().firstIn(areaEnd, end);
        }
        if (isFirst) {
            throw Errno.EFAULT.exception();
        }
        return result;
    }

    /// Linux: check_prep_vma()
    private void checkArea() throws ErrnoException {
        VmArea area = found;
        if (area == null) {
            throw Errno.EFAULT.exception();
        }
        if (area.has(VM_SEALED)) {
            throw Errno.EPERM.exception();
        }
        if (!impliesNewAddress()) {
            newVaddr = vaddr;
        }
        if (newLength <= oldLength && !impliesNewAddress()) {
            return;
        }
        if (oldLength == 0 && !area.has(VM_MAYSHARE)) {
            throw Errno.EINVAL.exception();
        }
        if (has(Mman.MREMAP_DONTUNMAP) && (area.flags() & (VM_DONTEXPAND | VM_PFNMAP)) != 0) {
            throw Errno.EINVAL.exception();
        }
        long needed = Math.min(oldLength, newLength);
        if (Long.compareUnsigned(needed, area.end() - vaddr) > 0) {
            throw Errno.EFAULT.exception();
        }
        if (newLength <= oldLength) {
            return;
        }
        populatesGrowth = area.has(VM_LOCKED);
        long pageOffset = area.pageOffsetAt(vaddr);
        if (Long.compareUnsigned(pageOffset + (newLength >>> 12), pageOffset) < 0) {
            throw Errno.EINVAL.exception();
        }
        if ((area.flags() & (VM_DONTEXPAND | VM_PFNMAP)) != 0) {
            throw Errno.EFAULT.exception();
        }
        if (!mm.mayLock(area.flags(), newLength - oldLength)) {
            throw Errno.EAGAIN.exception();
        }
        if (!mm.mayExpand(area.flags(), deltaPages())) {
            throw Errno.ENOMEM.exception();
        }
    }

    /// Linux: mremap_at()
    private long resizeAt() throws ErrnoException {
        if (newLength < oldLength) {
            mm.munmap(vaddr + newLength, oldLength - newLength);
            return vaddr;
        }
        if (newLength == oldLength) {
            return vaddr;
        }
        if (canGrowInPlace()) {
            growInPlace();
            return vaddr;
        }
        if (!has(Mman.MREMAP_MAYMOVE)) {
            throw Errno.ENOMEM.exception();
        }
        newVaddr = chooseAddress();
        return moveArea();
    }

    /// Linux: vrm_can_expand_in_place(), vma_expandable()
    private boolean canGrowInPlace() {
        VmArea area = area();
        if (oldLength != area.end() - vaddr) {
            return false;
        }
        long end = area.end() + (newLength - oldLength);
        return end > area.end()
                && end <= mm.taskSize()
                && mm.tree().firstIn(area.end(), end) == null;
    }

    /// Linux: expand_vma_in_place(), vma_merge_extend()
    private void growInPlace() throws ErrnoException {
        VmArea area = area();
        long charged = area.has(VM_ACCOUNT) ? deltaPages() : 0;
        mm.chargeCommit(charged);
        VmArea grown =
                mm.editor()
                        .mergeNew(
                                new MergeSpec(
                                        area,
                                        mm.tree().next(area),
                                        area.end(),
                                        area.end() + (newLength - oldLength),
                                        area.flags(),
                                        area.pageOffset() + area.sizePages(),
                                        area.file(),
                                        area.anonVma(),
                                        null,
                                        MergeSpec.Growth.BOTH_SIDES));
        if (grown == null) {
            mm.context().commit().uncharge(charged);
            throw Errno.ENOMEM.exception();
        }
        count(grown.flags(), deltaPages());
    }

    /// Linux: vrm_stat_account()
    private void count(long vmFlags, long pages) {
        mm.counters().addArea(vmFlags, pages);
        if ((vmFlags & VM_LOCKED) != 0) {
            mm.counters().addLocked(pages);
        }
    }

    /// Linux: mremap_to()
    private long moveTo() throws ErrnoException {
        if (has(Mman.MREMAP_FIXED)) {
            mm.munmap(newVaddr, newLength);
            found = mm.findArea(vaddr);
            if (found == null) {
                throw Errno.EFAULT.exception();
            }
        }
        if (newLength < oldLength) {
            mm.munmap(vaddr + newLength, oldLength - newLength);
            oldLength = newLength;
            found = mm.findArea(vaddr);
        }
        if (has(Mman.MREMAP_DONTUNMAP) && !mm.mayExpand(area().flags(), oldLength >>> 12)) {
            throw Errno.ENOMEM.exception();
        }
        newVaddr = chooseAddress();
        return moveArea();
    }

    /// Linux: vrm_set_new_addr()
    private long chooseAddress() throws ErrnoException {
        VmArea area = area();
        int mapFlags = has(Mman.MREMAP_FIXED) ? Mman.MAP_FIXED : 0;
        if (area.has(VM_MAYSHARE)) {
            mapFlags |= Mman.MAP_SHARED;
        }
        return mm.chooser()
                .choose(
                        new MmapRequest(
                                impliesNewAddress() ? newVaddr : 0,
                                newLength,
                                0,
                                mapFlags,
                                area.file(),
                                area.pageOffsetAt(vaddr),
                                0,
                                mm.credentials(),
                                mm.limits()));
    }

    /// Linux: move_vma()
    private long moveArea() throws ErrnoException {
        VmArea area = area();
        if (mm.tree().size() >= mm.context().maxMapCount() - 3) {
            throw Errno.ENOMEM.exception();
        }
        if (area.start() != vaddr) {
            area.operations().maySplit(area, vaddr);
        }
        if (area.end() != vaddr + oldLength) {
            area.operations().maySplit(area, vaddr + oldLength);
        }
        area.operations().mremap(area);
        long charged = 0;
        if (area.has(VM_ACCOUNT)) {
            charged = has(Mman.MREMAP_DONTUNMAP) ? newLength >>> 12 : deltaPages();
            mm.chargeCommit(charged);
        }
        long vmFlags = area.flags();
        VmArea target = copyArea(area);
        VmArea source = mm.findArea(vaddr); // the copy may have merged with what it was made of
        count(vmFlags, newLength >>> 12);
        if (source == null || !moveEntries()) {
            unmapTarget(vmFlags, charged);
            throw Errno.ENOMEM.exception();
        }
        if (has(Mman.MREMAP_DONTUNMAP)) {
            keepSource(source, target);
        } else {
            unmapSource(source);
        }
        return newVaddr;
    }

    /// Linux: copy_vma()
    private VmArea copyArea(VmArea area) {
        boolean isUntouched = area.isAnonymous() && area.anonVma() == null;
        long pageOffset = isUntouched ? newVaddr >>> 12 : area.pageOffsetAt(vaddr);
        long end = newVaddr + newLength;
        VmArea merged =
                mm.editor()
                        .mergeNew(
                                new MergeSpec(
                                        mm.tree().before(newVaddr),
                                        mm.tree().findFrom(newVaddr),
                                        newVaddr,
                                        end,
                                        area.flags(),
                                        pageOffset,
                                        area.file(),
                                        area.anonVma(),
                                        area,
                                        MergeSpec.Growth.BOTH_SIDES));
        if (merged != null) {
            return merged;
        }
        VmArea copy = area.copyFor(mm);
        copy.setRange(newVaddr, end, pageOffset);
        AnonVma.share(copy, area);
        Mappable file = copy.file();
        if (file != null) {
            file.acquire();
        }
        copy.operations().open(copy);
        mm.editor().insert(copy);
        return copy;
    }

    /// Linux: move_page_tables()
    private boolean moveEntries() {
        try (TlbBatch batch = mm.openBatch()) {
            return new EntryMover(mm).move(vaddr, newVaddr, oldLength, batch);
        }
    }

    private void unmapTarget(long vmFlags, long charged) throws ErrnoException {
        mm.unmapper().unmapRange(newVaddr, newVaddr + newLength);
        if ((vmFlags & VM_ACCOUNT) != 0) {
            // The removal gave back the whole length, but only `charged` had been taken.
            mm.context().commit().uncharge(charged - (newLength >>> 12));
        }
    }

    /// The promise of memory went along with the move, so the removal must not give it back.
    ///
    /// Linux: unmap_source_vma()
    private void unmapSource(VmArea source) throws ErrnoException {
        boolean isAccounted = source.has(VM_ACCOUNT);
        mm.unmapper().unmapRange(vaddr, vaddr + oldLength);
        if (isAccounted) {
            mm.context().commit().uncharge(-(oldLength >>> 12));
        }
    }

    /// Linux: dontunmap_complete()
    private void keepSource(VmArea source, VmArea target) {
        if (source.has(VM_LOCKED)) {
            mm.counters().addLocked(-source.sizePages());
        }
        source.setFlags(source.flags() & ~VM_LOCKED_MASK);
        if (source != target && source.start() == vaddr && source.end() == vaddr + oldLength) {
            AnonVma.unlink(source);
        }
    }
}
