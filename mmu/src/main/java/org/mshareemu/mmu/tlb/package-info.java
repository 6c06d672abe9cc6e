/// What a TLB must be told when page tables change, and the batching of it.
///
/// The order is always: write the entries, flush, and only then free the frames and tables that
/// were in them.
@NullMarked
package org.mshareemu.mmu.tlb;

import org.jspecify.annotations.NullMarked;
