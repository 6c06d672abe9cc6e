package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;

/// Which tasks there are, by number. Linux: find_task_by_pid_ns(), next_tgid()
public interface ProcessView {
    /// The lowest process number that is not below `from`, zombies included, or -1.
    int nextProcess(int from);

    /// The task of that number, zombies included, or null once it has been waited for. Threads that
    /// lead no process are found too.
    @Nullable ProcessTask find(int tid);
}
