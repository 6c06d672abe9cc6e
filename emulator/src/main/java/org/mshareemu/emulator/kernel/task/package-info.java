/// Tasks, and the kernel's state around them: who runs, who waits, who gets which signal.
///
/// A task's life: [org.mshareemu.emulator.kernel.task.TaskClone] makes it,
/// [org.mshareemu.emulator.kernel.task.RunLoop] lets it run,
/// [org.mshareemu.emulator.kernel.task.TaskExec] gives it another program,
/// [org.mshareemu.emulator.kernel.task.TaskExit] ends it, and
/// [org.mshareemu.emulator.kernel.task.TaskWait] lets its parent forget it.
///
/// Process 1 is the kernel's own: it has no tasks, adopts orphans and forgets them when they end.
/// The first program is process 2, leader of a process group in session 1, as if a shell had
/// started it.
///
/// A system call never blocks the host thread. Its handler throws
/// [org.mshareemu.emulator.kernel.task.BlockedException] and is run again from its start when
/// something changed, last of all when its task is about to die.
@NullMarked
package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.NullMarked;
