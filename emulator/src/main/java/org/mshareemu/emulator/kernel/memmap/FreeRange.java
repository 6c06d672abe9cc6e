package org.mshareemu.emulator.kernel.memmap;

/// What to look for between areas. Linux: struct vm_unmapped_area_info
///
/// @param lengthBytes page-aligned length wanted
/// @param low lowest address allowed
/// @param high first address not allowed
/// @param alignBytes a power of two the start must be a multiple of; 4096 at least
/// @param direction which end to start from
public record FreeRange(
        long lengthBytes, long low, long high, long alignBytes, Direction direction) {
    /// Which end of the range is tried first.
    public enum Direction {
        /// Lowest gap first.
        BOTTOM_UP,
        /// Highest gap first.
        TOP_DOWN
    }
}
