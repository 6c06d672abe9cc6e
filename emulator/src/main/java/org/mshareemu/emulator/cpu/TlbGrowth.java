package org.mshareemu.emulator.cpu;

import org.mshareemu.mmu.annotation.HotPath;

/// Decides when to flush so that the engine's TLB grows.
///
/// The engine's TLB starts with 256 entries per privilege level and is resized only by a flush:
/// doubled if more than 70 % are in use, shrunk if less than 30 % were for a while. A program that
/// never flushes would miss for ever beyond 1 MiB.
final class TlbGrowth {
    /// 70 % of 256, and what conflicts cost.
    static final long FIRST_THRESHOLD = 220;

    private static final long LAST_THRESHOLD = FIRST_THRESHOLD << 14;

    private long threshold = FIRST_THRESHOLD;
    private long fills;

    /// Counts a fill; true if a flush would let the TLB grow now.
    @HotPath
    boolean countFill() {
        if (++fills < threshold) {
            return false;
        }
        fills = 0;
        threshold = Math.min(threshold << 1, LAST_THRESHOLD);
        return true;
    }

    /// A flush for another reason. The TLB may have shrunk by it, so the next step comes earlier.
    @HotPath
    void flushed() {
        fills = 0;
        threshold = Math.max(threshold >> 1, FIRST_THRESHOLD);
    }
}
