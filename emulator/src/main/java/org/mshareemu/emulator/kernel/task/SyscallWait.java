package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.time.TimerQueue;
import org.mshareemu.emulator.kernel.wait.WaitQueue;
import org.mshareemu.emulator.kernel.wait.Waiter;

import java.util.ArrayList;
import java.util.List;

/// What one system call keeps while it is run again and again until it completes: the queues it
/// waits on, its deadline, and how far it came. Emptied when the call completes.
final class SyscallWait implements Waiter {
    private final Sleeper task;
    private final List<WaitQueue> queues = new ArrayList<>(2);
    private final TimerQueue.Timer timer;
    private final TimerQueue timers;

    /// Absolute monotonic deadline; meaningful while `hasDeadline`.
    private long deadlineNanos;

    private boolean hasDeadline;
    private @Nullable Object progress;
    private long progressBytes;

    SyscallWait(Sleeper task, TimerQueue timers) {
        this.task = task;
        this.timers = timers;
        this.timer = new TimerQueue.Timer(() -> task.wake(WakeReason.EVENT));
    }

    void stand(WaitQueue queue) {
        queue.add(this);
        queues.add(queue);
    }

    void armDeadline(long deadline) {
        if (deadline != TimerQueue.NEVER) {
            timers.arm(timer, deadline);
        }
    }

    /// Leaves all queues: the task is awake again.
    void leave() {
        for (int i = queues.size() - 1; i >= 0; i--) {
            queues.get(i).remove(this);
        }
        queues.clear();
        timers.cancel(timer);
    }

    /// The call is over.
    void complete() {
        hasDeadline = false;
        progress = null;
        progressBytes = 0;
    }

    /// @param timeoutNanos from the first run of this call; negative = never
    long deadline(long nowNanos, long timeoutNanos) {
        if (!hasDeadline) {
            hasDeadline = true;
            long sum = nowNanos + timeoutNanos;
            deadlineNanos = timeoutNanos < 0 || sum < 0 ? TimerQueue.NEVER : sum;
        }
        return deadlineNanos;
    }

    boolean isDeadlineReached(long nowNanos) {
        return hasDeadline && deadlineNanos != TimerQueue.NEVER && nowNanos >= deadlineNanos;
    }

    void fixDeadline(long deadline) {
        hasDeadline = true;
        deadlineNanos = deadline;
    }

    @Nullable Object progress() {
        return progress;
    }

    void setProgress(@Nullable Object newProgress) {
        progress = newProgress;
    }

    long progressBytes() {
        return progressBytes;
    }

    void setProgressBytes(long newProgressBytes) {
        progressBytes = newProgressBytes;
    }

    /// How many queues the task stands in, for the deadlock report.
    int queueCount() {
        return queues.size();
    }

    boolean isTimed() {
        return timer.isArmed();
    }

    @Override
    public void woken(WaitQueue queue) {
        task.wake(WakeReason.EVENT);
    }
}
