package org.mshareemu.emulator.kernel.syscall;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.task.BlockedException;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

import java.util.ArrayList;
import java.util.List;

/// Asks files whether they are ready and remembers where to wait if none is.
///
/// Linux: struct poll_wqueues
final class ReadinessWait {
    private final List<WaitQueue> queues = new ArrayList<>();

    /// The events of a file now. Linux: vfs_poll()
    int poll(OpenFile file) {
        add(file.operations().waitQueue(file));
        add(file.operations().writeQueue(file));
        return file.operations().poll(file);
    }

    private void add(@Nullable WaitQueue queue) {
        if (queue != null && !queues.contains(queue)) {
            queues.add(queue);
        }
    }

    /// Sleeps until one of the files asked may have changed.
    ///
    /// @param deadlineNanos monotonic time, `Long.MAX_VALUE` for none
    /// @return to be thrown
    /// @throws ErrnoException `onSignal` if a signal is pending
    BlockedException block(Task task, long deadlineNanos, Errno onSignal) throws ErrnoException {
        return task.waitUntil(deadlineNanos, onSignal, queues.toArray(WaitQueue[]::new));
    }
}
