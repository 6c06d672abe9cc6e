/// The virtual file system: inodes, dentries, open files, mounts, path lookup.
@NullMarked
package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.NullMarked;
