package org.mshareemu.emulator.kernel.elf;

import org.mshareemu.emulator.kernel.mm.ProgramLayout;

/// Where a loaded program begins.
///
/// @param rip first instruction: the interpreter's if there is one
/// @param rsp stack pointer
/// @param layout what /proc shows of it
public record StartState(long rip, long rsp, ProgramLayout layout) {}
