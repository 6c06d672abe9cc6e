package org.mshareemu.mshare;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The two commands on a region file. Neither looks at the descriptor's open mode or at who owns
/// the region: any holder of a descriptor may map and unmap objects.
///
/// Linux: msharefs_ioctl(), msharefs_create_mapping(), msharefs_unmap() (patches 18-20)
final class MshareIoctls {
    private static final int SHARED_AND_FIXED = Mman.MAP_SHARED | Mman.MAP_FIXED;
    private static final int PAGE_SHIFT = 12;

    private MshareIoctls() {}

    static long ioctl(MshareRegion region, int command, long argument, CallerContext caller)
            throws ErrnoException {
        if (!region.isInitialised()) {
            throw Errno.EINVAL.exception();
        }
        switch (command) {
            case MshareAbi.MSHAREFS_CREATE_MAPPING ->
                    createMapping(region, struct(argument, MshareAbi.CREATE_SIZE, caller), caller);
            case MshareAbi.MSHAREFS_UNMAP ->
                    unmap(region, struct(argument, MshareAbi.UNMAP_SIZE, caller));
            default -> throw Errno.ENOTTY.exception();
        }
        return 0;
    }

    private static ByteBuffer struct(long vaddr, int sizeBytes, CallerContext caller)
            throws ErrnoException {
        byte[] bytes = new byte[sizeBytes];
        caller.memory().read(vaddr, bytes, 0, sizeBytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void createMapping(MshareRegion region, ByteBuffer create, CallerContext caller)
            throws ErrnoException {
        long length = create.getLong(MshareAbi.CREATE_LENGTH);
        int flags = create.getInt(MshareAbi.CREATE_FLAGS);
        long hostVaddr = MshareAbi.HOST_BASE + create.getLong(MshareAbi.CREATE_REGION_OFFSET);
        if (isBelow(hostVaddr, MshareAbi.HOST_BASE) || !isBelow(hostVaddr, region.hostEnd())) {
            throw Errno.EINVAL.exception();
        }
        if ((flags & SHARED_AND_FIXED) != SHARED_AND_FIXED) {
            throw Errno.EINVAL.exception();
        }
        OpenFile object = objectFile(create.getInt(MshareAbi.CREATE_FD), flags, caller);
        if (isBelow(region.hostEnd(), hostVaddr + length)) {
            throw Errno.EINVAL.exception();
        }
        region.host()
                .mmap(
                        new MmapRequest(
                                hostVaddr,
                                length,
                                create.getInt(MshareAbi.CREATE_PROT),
                                withoutPrefaulting(flags),
                                object,
                                create.getLong(MshareAbi.CREATE_FILE_OFFSET) >>> PAGE_SHIFT,
                                0,
                                caller.credentials(),
                                caller.limits()));
    }

    /// The series computes how much to populate and then drops the result.
    private static int withoutPrefaulting(int flags) {
        return flags & ~(Mman.MAP_POPULATE | Mman.MAP_NONBLOCK);
    }

    /// The file to map, or null for anonymous memory, whose descriptor is not looked at.
    private static @Nullable OpenFile objectFile(int fd, int flags, CallerContext caller)
            throws ErrnoException {
        if ((flags & Mman.MAP_ANONYMOUS) != 0) {
            if ((flags & Mman.MAP_HUGETLB) != 0) {
                throw Errno.EINVAL.exception();
            }
            return null;
        }
        OpenFile object = caller.files().get(fd);
        if ((flags & Mman.MAP_HUGETLB) != 0) {
            throw Errno.EINVAL.exception();
        }
        if (object.inode() instanceof MshareFile) {
            throw Errno.EINVAL.exception();
        }
        return object;
    }

    private static void unmap(MshareRegion region, ByteBuffer unmap) throws ErrnoException {
        long offset = unmap.getLong(MshareAbi.UNMAP_REGION_OFFSET);
        long length = unmap.getLong(MshareAbi.UNMAP_LENGTH);
        if (isBelow(region.sizeBytes(), length) || !isBelow(offset, region.sizeBytes())) {
            throw Errno.EINVAL.exception();
        }
        if (isBelow(region.hostEnd(), MshareAbi.HOST_BASE + offset + length)) {
            throw Errno.EINVAL.exception();
        }
        region.host().munmap(MshareAbi.HOST_BASE + offset, length);
    }

    /// Unsigned, as the series computes.
    private static boolean isBelow(long left, long right) {
        return Long.compareUnsigned(left, right) < 0;
    }
}
