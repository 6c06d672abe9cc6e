package org.mshareemu.emulator.kernel.task;

import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// How restart_syscall(2) goes on with a call that a signal without handler interrupted.
///
/// Linux: struct restart_block
@FunctionalInterface
public interface RestartBlock {
    /// Runs as a system-call handler.
    long restart(Task task) throws ErrnoException, BlockedException;
}
