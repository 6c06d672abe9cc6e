/// The handshake between files and address spaces.
@NullMarked
package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.NullMarked;
