package org.mshareemu.emulator.kernel.memmap;

/// Flags of a [VmArea], with the values of Linux 6.18 where user space can see them.
///
/// Linux: VM_* of include/linux/mm.h
public final class VmFlags {
    public static final long VM_READ = 0x1;
    public static final long VM_WRITE = 0x2;
    public static final long VM_EXEC = 0x4;
    public static final long VM_SHARED = 0x8;
    public static final long VM_MAYREAD = 0x10;
    public static final long VM_MAYWRITE = 0x20;
    public static final long VM_MAYEXEC = 0x40;
    public static final long VM_MAYSHARE = 0x80;
    public static final long VM_GROWSDOWN = 0x100;
    public static final long VM_UFFD_MISSING = 0x200;
    public static final long VM_PFNMAP = 0x400;
    public static final long VM_MAYBE_GUARD = 0x800;
    public static final long VM_UFFD_WP = 0x1000;
    public static final long VM_LOCKED = 0x2000;
    public static final long VM_IO = 0x4000;
    public static final long VM_SEQ_READ = 0x8000;
    public static final long VM_RAND_READ = 0x1_0000;
    public static final long VM_DONTCOPY = 0x2_0000;
    public static final long VM_DONTEXPAND = 0x4_0000;
    public static final long VM_LOCKONFAULT = 0x8_0000;
    public static final long VM_ACCOUNT = 0x10_0000;
    public static final long VM_NORESERVE = 0x20_0000;
    public static final long VM_HUGETLB = 0x40_0000;
    public static final long VM_SYNC = 0x80_0000;
    public static final long VM_WIPEONFORK = 0x200_0000;
    public static final long VM_DONTDUMP = 0x400_0000;
    public static final long VM_SOFTDIRTY = 0x800_0000;
    public static final long VM_MIXEDMAP = 0x1000_0000;
    public static final long VM_HUGEPAGE = 0x2000_0000;
    public static final long VM_NOHUGEPAGE = 0x4000_0000;
    public static final long VM_MERGEABLE = 0x8000_0000L;

    public static final long VM_DROPPABLE = 1L << 40;

    /// The area is a window onto a region with an address space of its own (mshare patch 06; the
    /// series' third version leaves the bit number open, this is the second version's).
    public static final long VM_MSHARE = 1L << 41;

    public static final long VM_SEALED = 1L << 42;

    /// An area that is never merged, locked or expanded. Linux: VM_SPECIAL
    public static final long VM_SPECIAL = VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP;

    /// Linux: VM_LOCKED_MASK
    public static final long VM_LOCKED_MASK = VM_LOCKED | VM_LOCKONFAULT;

    /// Flags in which merging areas may differ; the merged one has them all. Linux: VM_STICKY
    public static final long VM_STICKY = VM_SOFTDIRTY | VM_MAYBE_GUARD;

    /// What mprotect(2) may switch on later. Linux: VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC
    public static final long VM_MAY_ACCESS = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

    /// Read, write and execute. Linux: VM_ACCESS_FLAGS
    public static final long VM_ACCESS_FLAGS = VM_READ | VM_WRITE | VM_EXEC;

    private VmFlags() {}
}
