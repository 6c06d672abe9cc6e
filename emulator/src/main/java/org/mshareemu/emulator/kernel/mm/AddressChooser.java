package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.FreeRange;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// Where a new mapping goes.
///
/// Linux: __get_unmapped_area(), arch/x86/kernel/sys_x86_64.c, vm_unmapped_area()
final class AddressChooser {
    private static final long PAGE_SIZE = 4096;
    private static final long PMD_SIZE = 2 << 20;

    /// Where MAP_32BIT looks: the second GiB. Linux: find_start_end()
    private static final long LOW_START = 0x4000_0000L;

    private static final long LOW_END = 0x8000_0000L;
    private static final long FOUR_GIB = 1L << 32;

    private final Mm mm;

    AddressChooser(Mm mm) {
        this.mm = mm;
    }

    /// The address for a request whose length is a whole number of pages and whose hint is rounded.
    ///
    /// Linux: __get_unmapped_area()
    ///
    /// @throws ErrnoException ENOMEM, EINVAL (unaligned fixed address), EPERM (below the minimum)
    long choose(MmapRequest request) throws ErrnoException {
        long length = request.lengthBytes();
        if (Long.compareUnsigned(length, mm.taskSize()) > 0) {
            throw Errno.ENOMEM.exception();
        }
        Mappable file = request.file();
        long vaddr;
        if (file != null) {
            vaddr = file.getUnmappedArea(mm, request);
        } else if ((request.flags() & Mman.MAP_SHARED) != 0) {
            vaddr = chooseGeneric(request);
        } else {
            vaddr = chooseAnonymous(request);
        }
        if (Long.compareUnsigned(vaddr, mm.taskSize() - length) > 0) {
            throw Errno.ENOMEM.exception();
        }
        if ((vaddr & PAGE_SIZE - 1) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (vaddr < mm.context().minAddress()
                && !request.credentials().isCapable(Credentials.CAP_SYS_RAWIO)) {
            throw Errno.EPERM.exception();
        }
        return vaddr;
    }

    /// Private anonymous memory of whole huge pages without a hint starts at a huge-page border.
    ///
    /// Linux: thp_get_unmapped_area_vmflags()
    private long chooseAnonymous(MmapRequest request) throws ErrnoException {
        long length = request.lengthBytes();
        if (request.vaddr() != 0 || (length & PMD_SIZE - 1) != 0) {
            return chooseGeneric(request);
        }
        MmapRequest padded = withLength(request, length + PMD_SIZE);
        long found = findOrZero(padded);
        if (found == 0) {
            return chooseGeneric(request);
        }
        long toBorder = -found & PMD_SIZE - 1;
        return toBorder == 0 && !mm.isLegacyLayout() ? found + PMD_SIZE : found + toBorder;
    }

    private long findOrZero(MmapRequest request) {
        try {
            return chooseGeneric(request);
        } catch (ErrnoException _) {
            return 0; // the padding does not fit: the caller does without
        }
    }

    private static MmapRequest withLength(MmapRequest request, long lengthBytes) {
        return new MmapRequest(
                request.vaddr(),
                lengthBytes,
                request.prot(),
                request.flags(),
                request.file(),
                request.offsetPages(),
                request.extraVmFlags(),
                request.credentials(),
                request.limits());
    }

    /// Linux: mm_get_unmapped_area_vmflags()
    long chooseGeneric(MmapRequest request) throws ErrnoException {
        return mm.isLegacyLayout() ? chooseBottomUp(request) : chooseTopDown(request);
    }

    /// Linux: arch_get_unmapped_area_topdown()
    private long chooseTopDown(MmapRequest request) throws ErrnoException {
        long length = request.lengthBytes();
        int flags = request.flags();
        if (Long.compareUnsigned(length, mm.taskSize()) > 0) {
            throw Errno.ENOMEM.exception();
        }
        if ((flags & Mman.MAP_FIXED) != 0) {
            return request.vaddr();
        }
        if ((flags & Mman.MAP_32BIT) == 0) {
            long hint = request.vaddr() & -PAGE_SIZE;
            if (hint != 0 && isHintUsable(hint, length)) {
                return hint;
            }
            long low = (flags & Mman.MAP_ABOVE4G) != 0 ? FOUR_GIB : PAGE_SIZE;
            long found =
                    findFreeRange(
                            new FreeRange(
                                    length,
                                    low,
                                    mm.mmapBase(),
                                    PAGE_SIZE,
                                    FreeRange.Direction.TOP_DOWN));
            if (found >= 0) {
                return found;
            }
        }
        return chooseBottomUp(request);
    }

    /// Linux: mmap_address_hint_valid() and the test behind it
    private boolean isHintUsable(long hint, long length) {
        if (Long.compareUnsigned(hint, mm.taskSize() - length) > 0) {
            return false;
        }
        VmArea area = mm.findAreaFrom(hint);
        return area == null || hint + length <= StackGrowth.startWithGap(area);
    }

    /// Linux: arch_get_unmapped_area()
    private long chooseBottomUp(MmapRequest request) throws ErrnoException {
        long length = request.lengthBytes();
        int flags = request.flags();
        if ((flags & Mman.MAP_FIXED) != 0) {
            return request.vaddr();
        }
        boolean isLow = (flags & Mman.MAP_32BIT) != 0;
        long begin = isLow ? LOW_START : mm.legacyBase();
        long end = isLow ? LOW_END : mm.taskSize();
        if (Long.compareUnsigned(length, end) > 0) {
            throw Errno.ENOMEM.exception();
        }
        long hint = request.vaddr() + PAGE_SIZE - 1 & -PAGE_SIZE;
        if (hint != 0 && Long.compareUnsigned(hint, end - length) <= 0) {
            VmArea area = mm.findAreaFrom(hint);
            if (area == null || hint + length <= StackGrowth.startWithGap(area)) {
                return hint;
            }
        }
        long found =
                findFreeRange(
                        new FreeRange(
                                length, begin, end, PAGE_SIZE, FreeRange.Direction.BOTTOM_UP));
        if (found < 0) {
            throw Errno.ENOMEM.exception();
        }
        return found;
    }

    /// Linux: vm_unmapped_area()
    ///
    /// @return the start, or -1
    long findFreeRange(FreeRange wanted) {
        long low = Math.max(wanted.low(), mm.context().minAddress());
        long padding = wanted.alignBytes() - PAGE_SIZE;
        long length = wanted.lengthBytes() + padding;
        if (length < wanted.lengthBytes() || wanted.high() - low < length) {
            return -1;
        }
        return wanted.direction() == FreeRange.Direction.TOP_DOWN
                ? highestGap(wanted, low, length)
                : lowestGap(wanted, low, length);
    }

    private long highestGap(FreeRange wanted, long low, long length) {
        VmAreaTree tree = mm.tree();
        int index = tree.indexFrom(wanted.high());
        // The area above the limit may still keep its guard gap free below it.
        long gapEnd = wanted.high();
        if (index < tree.size()) {
            gapEnd = Math.min(gapEnd, StackGrowth.startWithGap(tree.at(index)));
        }
        for (; ; index--) {
            VmArea below = index > 0 ? tree.at(index - 1) : null;
            long gapStart = Math.max(low, below == null ? 0 : below.end());
            if (gapEnd - gapStart >= length) {
                return gapEnd - wanted.lengthBytes() & -wanted.alignBytes();
            }
            if (below == null || below.start() <= low) {
                return -1;
            }
            gapEnd = StackGrowth.startWithGap(below);
        }
    }

    private long lowestGap(FreeRange wanted, long low, long length) {
        VmAreaTree tree = mm.tree();
        long gapStart = low;
        for (int index = tree.indexFrom(low); ; index++) {
            VmArea above = index < tree.size() ? tree.at(index) : null;
            long gapEnd = Math.min(wanted.high(), endOfGap(above));
            if (gapEnd - gapStart >= length) {
                return gapStart + wanted.alignBytes() - 1 & -wanted.alignBytes();
            }
            if (above == null || above.end() >= wanted.high()) {
                return -1;
            }
            gapStart = Math.max(gapStart, above.end());
        }
    }

    private static long endOfGap(@Nullable VmArea above) {
        return above == null ? Long.MAX_VALUE : StackGrowth.startWithGap(above);
    }
}
