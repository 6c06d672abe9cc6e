/// Programs: what a file must be like to be executed, and how it comes into an address space.
///
/// A script leads to its interpreter, a dynamic program to its linker; then segments, heap and
/// stack are laid out as Linux does without address randomisation, so that runs repeat.
@NullMarked
package org.mshareemu.emulator.kernel.elf;

import org.jspecify.annotations.NullMarked;
