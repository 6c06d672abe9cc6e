package org.mshareemu.emulator.kernel.spi;

import org.mshareemu.emulator.kernel.vfs.TaskRef;

/// Told when tasks come and go. Linux: the hooks mshare adds to copy_process() and do_exit()
public interface TaskLifecycle {
    /// A task was made. Called before it first runs.
    default void forked(TaskRef parent, TaskRef child) {}

    /// A thread is ending: its address space is already let go, its files are still open.
    default void exiting(TaskRef task) {}
}
