/// Clocks and timers of the machine; a leaf.
@NullMarked
package org.mshareemu.emulator.kernel.time;

import org.jspecify.annotations.NullMarked;
