package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCOUNT;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_LOCKED;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SEALED;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.tlb.TlbBatch;

/// munmap(2), and the removal that other calls need.
///
/// Linux: do_vmi_munmap(), vms_gather_munmap_vmas(), vms_complete_munmap_vmas()
final class Unmapper {
    private final Mm mm;
    private final VmAreaTree tree;
    private final Zapper zapper;

    Unmapper(Mm mm, VmAreaTree tree, Zapper zapper) {
        this.mm = mm;
        this.tree = tree;
        this.zapper = zapper;
    }

    /// What becomes of the promise of memory behind removed areas.
    enum Charge {
        GIVEN_BACK,
        /// The mapping that replaces them takes it over.
        HANDED_ON
    }

    /// Linux: do_vmi_munmap()
    void unmap(long start, long lengthBytes) throws ErrnoException {
        if ((start & 4095) != 0
                || Long.compareUnsigned(start, mm.taskSize()) > 0
                || Long.compareUnsigned(lengthBytes, mm.taskSize() - start) > 0) {
            throw Errno.EINVAL.exception();
        }
        long end = start + (lengthBytes + 4095 & -4096);
        if (end == start) {
            throw Errno.EINVAL.exception();
        }
        unmapRange(start, end);
    }

    /// As [#unmap] for a range known to be good.
    void unmapRange(long start, long end) throws ErrnoException {
        if (start == end || tree.firstIn(start, end) == null) {
            return;
        }
        try (TlbBatch batch = mm.openBatch()) {
            splitAtBorders(start, end);
            removeWhole(start, end, Charge.GIVEN_BACK, batch);
        }
    }

    /// Cuts areas so that none crosses a border of the range. Cuts stay even if a later step fails.
    ///
    /// Linux: the first half of vms_gather_munmap_vmas()
    void splitAtBorders(long start, long end) throws ErrnoException {
        VmArea first = tree.firstIn(start, end);
        if (first == null) {
            return;
        }
        if (first.start() < start) {
            // The number of areas may exceed its limit for a moment, but not after the call.
            if (end < first.end() && tree.size() >= mm.context().maxMapCount()) {
                throw Errno.ENOMEM.exception();
            }
            checkSeal(first);
            mm.editor().splitOverLimit(first, start);
        }
        for (int index = tree.indexFrom(start); index < tree.size(); index++) {
            VmArea area = tree.at(index);
            if (area.start() >= end) {
                return;
            }
            checkSeal(area);
            if (area.end() > end) {
                mm.editor().splitOverLimit(area, end);
                return;
            }
        }
    }

    private static void checkSeal(VmArea area) throws ErrnoException {
        if (area.has(VM_SEALED)) {
            throw Errno.EPERM.exception();
        }
    }

    /// Pages of the areas in a range that no area crosses.
    long pagesIn(long start, long end) {
        long pages = 0;
        for (int index = tree.indexFrom(start); index < tree.size(); index++) {
            VmArea area = tree.at(index);
            if (area.start() >= end) {
                break;
            }
            pages += area.sizePages();
        }
        return pages;
    }

    /// As [#pagesIn], of areas whose memory is promised.
    long accountedPagesIn(long start, long end) {
        long pages = 0;
        for (int index = tree.indexFrom(start); index < tree.size(); index++) {
            VmArea area = tree.at(index);
            if (area.start() >= end) {
                break;
            }
            if (area.has(VM_ACCOUNT)) {
                pages += area.sizePages();
            }
        }
        return pages;
    }

    /// Removes the areas of a range that no area crosses: entries, tables, then the areas.
    ///
    /// Linux: vms_clear_ptes(), vms_complete_munmap_vmas()
    void removeWhole(long start, long end, Charge charge, TlbBatch batch) {
        int first = tree.indexFrom(start);
        int count = 0;
        while (first + count < tree.size() && tree.at(first + count).start() < end) {
            VmArea area = tree.at(first + count);
            zapper.zap(area, area.start(), area.end(), Zapper.What.ALL, batch);
            count++;
        }
        if (count == 0) {
            return;
        }
        freeTables(first, count, batch);
        for (; count > 0; count--) {
            VmArea area = tree.at(first);
            long pages = area.sizePages();
            mm.counters().addArea(area.flags(), -pages);
            if (area.has(VM_LOCKED)) {
                mm.counters().addLocked(-pages);
            }
            if (area.has(VM_ACCOUNT) && charge == Charge.GIVEN_BACK) {
                mm.context().commit().uncharge(pages);
            }
            mm.editor().remove(area);
        }
    }

    /// Frees the tables that only these areas used: none that a neighbour's range needs too.
    ///
    /// Linux: free_pgtables()
    private void freeTables(int first, int count, TlbBatch batch) {
        long floor = first > 0 ? tree.at(first - 1).end() : 0;
        long ceiling =
                first + count < tree.size()
                        ? tree.at(first + count).start()
                        : PageTables.ADDRESS_END;
        long start = tree.at(first).start();
        long end = tree.at(first + count - 1).end();
        mm.context().tables().freeTables(mm.root(), start, end, floor, ceiling, batch);
    }
}
