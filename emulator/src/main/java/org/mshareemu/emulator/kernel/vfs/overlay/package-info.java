/// A file system of another one below, never written, and memory above that takes all changes; what
/// Linux calls overlay. The directory cache is the upper layer: a name that is not in it is looked
/// for below, unless it was removed.
@NullMarked
package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.NullMarked;
