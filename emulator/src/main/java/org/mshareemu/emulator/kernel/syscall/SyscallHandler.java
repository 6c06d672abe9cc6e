package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;

/// Does one system call. May be run several times for one call: see [BlockedException].
@FunctionalInterface
public interface SyscallHandler {
    /// Does the call, or as much as can be done without waiting.
    ///
    /// @param task the caller
    /// @param a its arguments, valid during the call
    /// @return what the guest finds in RAX
    /// @throws ErrnoException what went wrong
    /// @throws BlockedException if it has to wait
    long call(Task task, SyscallArgs a) throws ErrnoException, BlockedException;
}
