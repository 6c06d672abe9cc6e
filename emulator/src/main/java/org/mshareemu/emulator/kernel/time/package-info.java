/// Clocks and timers of the machine; a leaf.
///
/// The virtual clock passes with work done and jumps to the next timer when everybody sleeps. While
/// somebody waits for input of the host it passes as on the host.
@NullMarked
package org.mshareemu.emulator.kernel.time;

import org.jspecify.annotations.NullMarked;
