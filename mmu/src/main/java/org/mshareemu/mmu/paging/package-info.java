/// x86-64 paging structures as they stand in guest physical memory: entries, tables and the walk.
///
/// An entry is a `long` from memory to decision ([Pte] has static methods only). [PageTables] is
/// the kernel's way to the entries (it allocates, links and frees tables), [PageWalker] the
/// processor's (it checks rights and sets A and D). Levels go by their Linux names ([Level]). *SDM*
/// is Intel's Software Developer's Manual.
@NullMarked
package org.mshareemu.mmu.paging;

import org.jspecify.annotations.NullMarked;
