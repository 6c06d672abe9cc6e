package org.mshareemu.emulator.kernel.wait;

/// Someone to be told that a queue it waits on was woken. Linux: the function of a wait_queue_entry
@FunctionalInterface
public interface Waiter {
    /// Called once for each wake-up of a queue this waiter stands in; must not run guest code.
    ///
    /// @param queue the queue that was woken
    void woken(WaitQueue queue);
}
