package org.mshareemu.mshare;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.FreeRange;
import org.mshareemu.emulator.kernel.memmap.FreeRange.Direction;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;

/// Where a window lands: at a multiple of 512 GiB, so that whole top-level entries are its own.
///
/// Linux: msharefs_get_unmapped_area() (patch 07)
final class MsharePlacement {
    /// Linux: vm.mmap_min_addr
    private static final long MMAP_MIN_ADDR = 65_536;

    private static final long PAGE_SIZE = 4096;

    private static final long NO_GAP = -1;

    private MsharePlacement() {}

    /// Checks the request in the order of the series and picks an address.
    ///
    /// @throws ErrnoException EINVAL, ENOMEM
    static long choose(MshareRegion region, AddressSpace space, MmapRequest request)
            throws ErrnoException {
        if ((request.flags() & Mman.MAP_TYPE) == Mman.MAP_PRIVATE) {
            throw Errno.EINVAL.exception();
        }
        if (!region.isInitialised() || !region.hasOwner()) {
            throw Errno.EINVAL.exception();
        }
        long length = (request.lengthBytes() + PAGE_SIZE - 1) & -PAGE_SIZE;
        if (length != region.sizeBytes()) {
            throw Errno.EINVAL.exception();
        }
        if (length > space.taskSize() - MMAP_MIN_ADDR) {
            throw Errno.ENOMEM.exception();
        }
        if ((request.flags() & Mman.MAP_FIXED) != 0) {
            if (!MshareAbi.isAligned(request.vaddr())) {
                throw Errno.EINVAL.exception();
            }
            return request.vaddr();
        }
        long hint = MshareAbi.alignUp(request.vaddr());
        if (request.vaddr() != 0 && isUsable(space, hint, length)) {
            return hint;
        }
        return search(space, length);
    }

    private static boolean isUsable(AddressSpace space, long hint, long length) {
        return hint >= MMAP_MIN_ADDR
                && hint <= space.taskSize() - length
                && space.isFree(hint, length);
    }

    private static long search(AddressSpace space, long length) throws ErrnoException {
        long found = NO_GAP;
        if (!space.isLegacyLayout()) {
            found =
                    space.findFreeRange(
                            new FreeRange(
                                    length,
                                    PAGE_SIZE,
                                    space.mmapBase(),
                                    MshareAbi.MSHARE_ALIGN,
                                    Direction.TOP_DOWN));
        }
        if (found == NO_GAP) {
            found =
                    space.findFreeRange(
                            new FreeRange(
                                    length,
                                    space.mmapBase(),
                                    space.taskSize(),
                                    MshareAbi.MSHARE_ALIGN,
                                    Direction.BOTTOM_UP));
        }
        if (found == NO_GAP) {
            throw Errno.ENOMEM.exception();
        }
        return found;
    }
}
