/// The file side of the kernel: inodes, names, mounts, open files and the checks around them; after
/// Linux's fs/.
///
/// A lookup never lets another task run, so nothing counts references while it walks. Only what
/// outlives a system call is counted: an [org.mshareemu.emulator.kernel.vfs.OpenFile] by its
/// holders, an inode and a mount by the open files, current directories and roots that stand on
/// them. An inode is evicted when nobody holds it and no name in the directory cache leads to it; a
/// super block dies with its last mount.
@NullMarked
package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.NullMarked;
