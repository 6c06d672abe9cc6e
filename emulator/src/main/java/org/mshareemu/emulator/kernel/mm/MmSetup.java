package org.mshareemu.emulator.kernel.mm;

/// How a new address space begins.
///
/// @param name shown in messages about it: the program or the region
/// @param mmapBase where the top-down search for free ranges begins
/// @param legacyBase where the bottom-up search begins
/// @param layout which search is the usual one
/// @param taskSize first address behind user space
/// @param flushReach which CPUs may hold translations of its tables
public record MmSetup(
        String name,
        long mmapBase,
        long legacyBase,
        Layout layout,
        long taskSize,
        FlushReach flushReach) {

    /// First address behind user space with 47 bits. Linux: TASK_SIZE_MAX
    public static final long TASK_SIZE = 0x7fff_ffff_f000L;

    /// A process: 128 TiB, searched top-down below a stack of 8 MiB, nothing randomised.
    public static MmSetup process(String name) {
        return new MmSetup(
                name,
                0x7fff_f7ff_f000L,
                0x2aaa_aaaa_a000L,
                Layout.TOP_DOWN,
                TASK_SIZE,
                FlushReach.OWN_CPUS);
    }

    /// The order in which gaps are looked for. Linux: MMF_TOPDOWN
    public enum Layout {
        TOP_DOWN,
        /// Bottom-up. Linux: mmap_is_legacy()
        LEGACY
    }

    /// Who can have cached an entry of the tables.
    public enum FlushReach {
        /// CPUs that run this address space.
        OWN_CPUS,
        /// Any CPU, as other address spaces link the tables. Linux: what mshare patch 08 flushes
        ALL_CPUS
    }
}
