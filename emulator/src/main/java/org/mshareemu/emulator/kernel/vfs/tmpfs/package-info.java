/// Files in memory: tmpfs, ramfs and memfd; after Linux's mm/shmem.c. File data are frames of a
/// page cache that has no store behind it.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.tmpfs;

import org.jspecify.annotations.NullMarked;
