/// Guest physical memory, its frames and what is known of each frame.
@NullMarked
package org.mshareemu.mmu.phys;

import org.jspecify.annotations.NullMarked;
