/// Reads ELF programs and lays out the initial stack.
@NullMarked
package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.NullMarked;
