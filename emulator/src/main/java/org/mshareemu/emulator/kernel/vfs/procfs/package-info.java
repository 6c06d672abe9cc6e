/// The file system on /proc: processes, the machine and its settings as text, in Linux's formats.
///
/// The room knows tasks and memory only through [ProcessView], [SystemView] and [MemoryView], which
/// others implement. Names below a process are never cached: each lookup asks the view again.
///
/// Linux: fs/proc
@NullMarked
package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.NullMarked;
