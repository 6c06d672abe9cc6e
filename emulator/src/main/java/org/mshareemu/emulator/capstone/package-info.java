/// The disassembler (Capstone) behind a foreign-function binding; needed only where code is shown.
@NullMarked
package org.mshareemu.emulator.capstone;

import org.jspecify.annotations.NullMarked;
