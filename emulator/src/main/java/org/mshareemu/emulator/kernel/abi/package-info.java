/// Linux numbers and structure layouts of the x86-64 user interface; imports nothing.
@NullMarked
package org.mshareemu.emulator.kernel.abi;

import org.jspecify.annotations.NullMarked;
