package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.memmap.AnonVma;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.VmArea;

/// A range that may become part of a neighbouring area.
///
/// Linux: struct vma_merge_struct
///
/// @param previous the area that ends at or below `start`, if any
/// @param next the area that begins at or above `end`, if any
/// @param anonVma of the pages the range holds already
/// @param source the area whose pages they are: the one being modified or moved
/// @param growth whether only growing `previous` will do
record MergeSpec(
        @Nullable VmArea previous,
        @Nullable VmArea next,
        long start,
        long end,
        long vmFlags,
        long pageOffset,
        @Nullable Mappable file,
        @Nullable AnonVma anonVma,
        @Nullable VmArea source,
        Growth growth) {

    /// What a merge may do.
    enum Growth {
        /// Join either neighbour or both.
        BOTH_SIDES,
        /// Grow the previous area only. Linux: just_expand
        PREVIOUS_ONLY
    }
}
