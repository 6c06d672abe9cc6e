package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.mmu.paging.Pte;

/// The entry of a page that raises SIGSEGV whatever the area allows.
///
/// Linux: PTE_MARKER_GUARD, set by MADV_GUARD_INSTALL
final class GuardMarker {
    /// The last swap type is never given to a swap area. Linux: SWP_PTE_MARKER
    private static final int MARKER_TYPE = Pte.SWAP_TYPES - 1;

    /// The marker. Linux: make_pte_marker(PTE_MARKER_GUARD)
    static final long GUARD = Pte.makeSwap(MARKER_TYPE, 4);

    private GuardMarker() {}

    static boolean isGuard(long pte) {
        return pte == GUARD;
    }
}
