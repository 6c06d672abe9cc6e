package org.mshareemu.mmu.paging;

/// The register bits that change how a walk decides; immutable for a walker's life.
///
/// SDM Vol. 3A, 4.1.3. SMEP, SMAP and protection keys are off.
///
/// @param cr0 only [#CR0_WP] matters here
/// @param efer only [#EFER_NXE] matters here
/// @param physicalAddressBits MAXPHYADDR of CPUID leaf 80000008H; frame bits from here up to 51 are
///   reserved
public record PagingControls(long cr0, long efer, int physicalAddressBits) {
    /// Supervisor writes obey read-only entries. Linux: X86_CR0_WP
    public static final long CR0_WP = 1L << 16;

    /// Bit 63 of an entry forbids fetches. Linux: EFER_NX
    public static final long EFER_NXE = 1L << 11;

    /// What Linux sets on any x86-64 processor, with the widest common physical address.
    public static final PagingControls LINUX = new PagingControls(CR0_WP, EFER_NXE, 46);

    public PagingControls {
        if (physicalAddressBits < 32 || physicalAddressBits > 52) {
            throw new IllegalArgumentException("physical address bits: " + physicalAddressBits);
        }
    }

    public boolean isWriteProtected() {
        return (cr0 & CR0_WP) != 0;
    }

    public boolean isNoExecuteEnabled() {
        return (efer & EFER_NXE) != 0;
    }
}
