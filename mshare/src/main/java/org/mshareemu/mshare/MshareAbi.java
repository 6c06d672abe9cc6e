package org.mshareemu.mshare;

/// Numbers and structure layouts of `linux/msharefs.h`, series v3.
final class MshareAbi {
    /// f_type of statfs(2): "MSHR".
    static final long MSHARE_MAGIC = 0x4d53_4852;

    /// `_IOW('x', 0, struct mshare_create)`
    static final int MSHAREFS_CREATE_MAPPING = 0x4028_7800;

    /// `_IOW('x', 1, struct mshare_unmap)`
    static final int MSHAREFS_UNMAP = 0x4010_7801;

    /// struct mshare_create: u64 region_offset, size, offset; u32 prot, flags, fd; 4 bytes of
    /// padding.
    static final int CREATE_SIZE = 40;

    static final int CREATE_REGION_OFFSET = 0;
    static final int CREATE_LENGTH = 8;
    static final int CREATE_FILE_OFFSET = 16;
    static final int CREATE_PROT = 24;
    static final int CREATE_FLAGS = 28;
    static final int CREATE_FD = 32;

    /// struct mshare_unmap: u64 region_offset, size.
    static final int UNMAP_SIZE = 16;

    static final int UNMAP_REGION_OFFSET = 0;
    static final int UNMAP_LENGTH = 8;

    /// Sizes of regions and addresses of windows are multiples of what one top-level entry covers:
    /// 512 GiB. Linux: P4D_SIZE
    static final long MSHARE_ALIGN = 1L << 39;

    /// First address of a region in its host address space. Linux: mshare_base
    static final long HOST_BASE = MSHARE_ALIGN;

    /// First address behind user space with four levels of tables; regions may be larger on paper.
    static final long TASK_SIZE = (1L << 47) - 4096;

    private MshareAbi() {}

    static boolean isAligned(long value) {
        return (value & (MSHARE_ALIGN - 1)) == 0;
    }

    /// Rounds up; the result wraps to 0 where there is no such multiple.
    static long alignUp(long value) {
        return (value + MSHARE_ALIGN - 1) & -MSHARE_ALIGN;
    }
}
