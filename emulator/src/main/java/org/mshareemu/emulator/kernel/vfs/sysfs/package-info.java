/// The file system on /sys: a skeleton of what programs look for there, and the places where other
/// file systems are mounted. Linux: fs/sysfs, fs/kernfs
@NullMarked
package org.mshareemu.emulator.kernel.vfs.sysfs;

import org.jspecify.annotations.NullMarked;
