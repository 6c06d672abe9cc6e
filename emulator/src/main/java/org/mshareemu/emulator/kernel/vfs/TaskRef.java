package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.cred.Credentials;

/// A task as files and plugins know it: compared by identity.
///
/// Linux: struct task_struct, the little of it that file systems look at
public interface TaskRef {
    /// Thread number. Linux: task->pid
    int tid();

    /// Process number. Linux: task->tgid
    int tgid();

    /// Who the task acts as now.
    Credentials credentials();
}
