package org.mshareemu.emulator.kernel.vfs;

/// What a file system is told when it is mounted. Linux: struct fs_context
///
/// @param vfs the machine's file side
/// @param source what was named as the device; "none" if nothing was
/// @param options the data string, empty if there was none
/// @param flags MS_* of the super block
/// @param caller who mounts
public record MountRequest(
        Vfs vfs, String source, String options, long flags, CallerContext caller) {}
