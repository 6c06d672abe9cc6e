/// x86-64 paging structures as they stand in guest physical memory: entries, tables and the walk.
@NullMarked
package org.mshareemu.mmu.paging;

import org.jspecify.annotations.NullMarked;
