/// Guest physical memory, its frames and what is known of each frame.
///
/// [PhysicalMemory] is the bytes, [FrameTable] what is known of each frame, [FrameAllocator] who
/// may have one. A *frame* is 4 KiB of physical memory, named by its number (`long pfn`); a *page*
/// is virtual and unknown here. Everything runs on the one kernel thread, so there are no locks.
@NullMarked
package org.mshareemu.mmu.phys;

import org.jspecify.annotations.NullMarked;
