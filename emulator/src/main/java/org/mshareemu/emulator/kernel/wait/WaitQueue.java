package org.mshareemu.emulator.kernel.wait;

import java.util.ArrayList;
import java.util.List;

/// Waiters in the order in which they came. A wake-up only says "look again": whoever is woken
/// re-checks the condition. Being woken does not remove a waiter; it leaves by [#remove].
///
/// Linux: wait_queue_head_t
public final class WaitQueue {
    private final List<Waiter> waiters = new ArrayList<>(2);

    /// Adds at the end. A waiter stands in a queue at most once; adding again changes nothing.
    public void add(Waiter waiter) {
        if (!waiters.contains(waiter)) {
            waiters.add(waiter);
        }
    }

    /// Removes the waiter if it is there.
    public void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /// Whether nobody waits.
    public boolean isEmpty() {
        return waiters.isEmpty();
    }

    /// Wakes all, oldest first. Linux: wake_up_all()
    public void wakeAll() {
        if (waiters.isEmpty()) {
            return;
        }
        for (Waiter waiter : waiters.toArray(Waiter[]::new)) {
            waiter.woken(this);
        }
    }

    /// Wakes the oldest `count` waiters. Linux: wake_up_nr()
    ///
    /// @return how many were woken
    public int wake(int count) {
        int woken = Math.min(count, waiters.size());
        for (Waiter waiter : waiters.subList(0, woken).toArray(Waiter[]::new)) {
            waiter.woken(this);
        }
        return woken;
    }
}
