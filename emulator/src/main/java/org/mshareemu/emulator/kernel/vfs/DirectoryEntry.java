package org.mshareemu.emulator.kernel.vfs;

/// An entry of a directory that is read as a whole.
///
/// @param name of the entry
/// @param inodeNumber d_ino
/// @param type d_type, DT_*
public record DirectoryEntry(String name, long inodeNumber, int type) {}
