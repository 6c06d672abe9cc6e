/// Address spaces: areas, page faults, copy on write, the mmap family.
@NullMarked
package org.mshareemu.emulator.kernel.mm;

import org.jspecify.annotations.NullMarked;
