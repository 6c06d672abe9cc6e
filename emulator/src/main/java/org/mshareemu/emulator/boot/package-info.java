/// Wires a whole machine together; the only room that knows all others.
@NullMarked
package org.mshareemu.emulator.boot;

import org.jspecify.annotations.NullMarked;
