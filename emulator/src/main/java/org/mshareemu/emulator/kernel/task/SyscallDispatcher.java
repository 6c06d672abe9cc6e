package org.mshareemu.emulator.kernel.task;

/// Runs one system call of a task, as the run loop sees it.
@FunctionalInterface
public interface SyscallDispatcher {
    /// Runs the call whose number and arguments are in the task's registers.
    ///
    /// @return the result, a negative error number for failure; may be one of the internal ERESTART
    ///   numbers
    /// @throws BlockedException if the task sleeps and the call is to be run again
    long invoke(Task task) throws BlockedException;
}
