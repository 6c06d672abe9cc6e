/// Files whose contents are made when they are read, and the directories they stand in: what procfs
/// and sysfs have in common. Linux: fs/seq_file.c and the parts of fs/proc and fs/kernfs that agree
@NullMarked
package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.jspecify.annotations.NullMarked;
