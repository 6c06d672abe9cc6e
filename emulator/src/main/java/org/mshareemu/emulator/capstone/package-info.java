/// The disassembler (Capstone) behind a foreign-function binding.
@NullMarked
package org.mshareemu.emulator.capstone;

import org.jspecify.annotations.NullMarked;
