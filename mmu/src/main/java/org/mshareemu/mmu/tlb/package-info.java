/// What a TLB must be told when page tables change, and the batching of it.
@NullMarked
package org.mshareemu.mmu.tlb;

import org.jspecify.annotations.NullMarked;
