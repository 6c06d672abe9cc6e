/// Where the native libraries are: the engine and the disassembler.
///
/// A leaf: it imports nothing of ours, and only names files; loading them is their binding's work.
@NullMarked
package org.mshareemu.emulator.nativelib;

import org.jspecify.annotations.NullMarked;
