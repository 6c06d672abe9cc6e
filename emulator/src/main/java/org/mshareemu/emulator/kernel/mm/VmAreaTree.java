package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.memmap.VmArea;

import java.util.Arrays;

/// The areas of one address space in address order.
///
/// Linux: the maple tree mm->mm_mt. Here two parallel arrays, searched in halves over the ends: an
/// address space has tens of areas, and finding one must cost next to nothing.
///
/// Invariants: areas do not overlap; `ends[i] == areas[i].end()`; slots from `size` on are null.
/// Ranges of areas in the tree change through [#setRange] only.
final class VmAreaTree {
    private static final int FIRST_CAPACITY = 32;

    private @Nullable VmArea[] areas = new @Nullable VmArea[FIRST_CAPACITY];
    private long[] ends = new long[FIRST_CAPACITY];
    private int size;

    /// Where the last search ended; only a guess to start from.
    private int lastIndex;

    /// Linux: mm->map_count
    int size() {
        return size;
    }

    VmArea at(int index) {
        VmArea area = areas[index];
        if (area == null || index >= size) {
            throw new KernelBug("no area at index " + index + " of " + size);
        }
        return area;
    }

    /// Index of the first area that ends above an address; [#size] if there is none.
    int indexFrom(long vaddr) {
        int guess = lastIndex;
        if (guess < size && ends[guess] > vaddr && (guess == 0 || ends[guess - 1] <= vaddr)) {
            return guess;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > vaddr) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        lastIndex = low;
        return low;
    }

    /// The first area that ends above an address, or null. Linux: find_vma()
    @Nullable VmArea findFrom(long vaddr) {
        int index = indexFrom(vaddr);
        return index < size ? areas[index] : null;
    }

    /// The area that contains an address, or null. Linux: vma_lookup()
    @Nullable VmArea find(long vaddr) {
        VmArea area = findFrom(vaddr);
        return area != null && area.start() <= vaddr ? area : null;
    }

    /// The first area that overlaps a range, or null. Linux: find_vma_intersection()
    @Nullable VmArea firstIn(long start, long end) {
        VmArea area = findFrom(start);
        return area != null && area.start() < end ? area : null;
    }

    /// The last area that ends at or below an address, or null.
    @Nullable VmArea before(long vaddr) {
        int index = indexFrom(vaddr);
        VmArea area = index < size ? areas[index] : null;
        if (area != null && area.end() <= vaddr) {
            return area;
        }
        return index > 0 ? areas[index - 1] : null;
    }

    /// Linux: vma_next()
    @Nullable VmArea next(VmArea area) {
        int index = indexOf(area) + 1;
        return index < size ? areas[index] : null;
    }

    /// Linux: vma_prev()
    @Nullable VmArea previous(VmArea area) {
        int index = indexOf(area);
        return index > 0 ? areas[index - 1] : null;
    }

    /// Whether this very area is in the tree.
    boolean contains(VmArea area) {
        int index = indexFrom(area.start());
        return index < size && areas[index] == area;
    }

    void insert(VmArea area) {
        int index = indexFrom(area.start());
        if (index < size && at(index).start() < area.end()) {
            throw new KernelBug("area " + area + " inserted over " + at(index));
        }
        if (size == areas.length) {
            areas = Arrays.copyOf(areas, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        System.arraycopy(areas, index, areas, index + 1, size - index);
        System.arraycopy(ends, index, ends, index + 1, size - index);
        areas[index] = area;
        ends[index] = area.end();
        size++;
    }

    void remove(VmArea area) {
        int index = indexOf(area);
        size--;
        System.arraycopy(areas, index + 1, areas, index, size - index);
        System.arraycopy(ends, index + 1, ends, index, size - index);
        areas[size] = null;
    }

    /// Moves the borders of an area of this tree; the new range must stay clear of its neighbours.
    void setRange(VmArea area, long start, long end, long pageOffset) {
        int index = indexOf(area);
        if (start >= end
                || (index > 0 && ends[index - 1] > start)
                || (index + 1 < size && at(index + 1).start() < end)) {
            throw new KernelBug(
                    "area %s moved to %x-%x over a neighbour".formatted(area, start, end));
        }
        area.setRange(start, end, pageOffset);
        ends[index] = end;
    }

    private int indexOf(VmArea area) {
        int index = indexFrom(area.start());
        if (index >= size || areas[index] != area) {
            throw new KernelBug("area " + area + " is not in the tree");
        }
        return index;
    }
}
