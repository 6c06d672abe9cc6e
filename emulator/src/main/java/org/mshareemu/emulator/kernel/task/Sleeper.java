package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.wait.WaitQueue;

/// The half of a [Task] that sleeps: how a system-call handler waits, and how the task wakes.
///
/// A handler that cannot go on says `throw task.waitOn(queue)`. It is run again from its start when
/// the queue is woken; its deadline and its progress are kept until the call is over. See
/// [BlockedException].
public abstract sealed class Sleeper permits Task {
    private final Kernel kernel;
    private final SyscallWait wait;
    private TaskState state = TaskState.RUNNABLE;

    Sleeper(Kernel kernel) {
        this.kernel = kernel;
        this.wait = new SyscallWait(this, kernel.timers());
    }

    public final Kernel kernel() {
        return kernel;
    }

    /// Whether a signal is there to be delivered, or the task is to stop or die.
    public abstract boolean hasPendingSignal();

    /// Whether the task is about to die.
    public abstract boolean hasFatalSignal();

    /// Puts the task, which has become runnable, into its CPU's queue.
    abstract void enqueue();

    public final TaskState state() {
        return state;
    }

    final void setState(TaskState newState) {
        state = newState;
    }

    /// Sleeps until the queue is woken; a signal ends the call with ERESTARTSYS.
    ///
    /// @return to be thrown by the handler
    /// @throws ErrnoException ERESTARTSYS if a signal is pending
    public final BlockedException waitOn(WaitQueue queue) throws ErrnoException {
        return waitOn(queue, Errno.ERESTARTSYS);
    }

    /// As [#waitOn(WaitQueue)] with another result for a signal.
    ///
    /// @param onSignal EINTR, ERESTARTSYS, ERESTARTNOHAND …
    public final BlockedException waitOn(WaitQueue queue, Errno onSignal) throws ErrnoException {
        failOnSignal(onSignal);
        wait.stand(queue);
        return sleep(TaskState.SLEEPING);
    }

    /// Sleeps until any of the queues is woken.
    public final BlockedException waitOn(Errno onSignal, WaitQueue... queues)
            throws ErrnoException {
        return waitUntil(Long.MAX_VALUE, onSignal, queues);
    }

    /// Sleeps until a queue is woken or a deadline comes; see [#deadline].
    ///
    /// @param deadlineNanos monotonic time, `Long.MAX_VALUE` for none
    public final BlockedException waitUntil(long deadlineNanos, WaitQueue... queues)
            throws ErrnoException {
        return waitUntil(deadlineNanos, Errno.ERESTARTSYS, queues);
    }

    /// Sleeps until a queue is woken or a deadline comes; see [#deadline].
    public final BlockedException waitUntil(long deadlineNanos, Errno onSignal, WaitQueue... queues)
            throws ErrnoException {
        failOnSignal(onSignal);
        for (WaitQueue queue : queues) {
            wait.stand(queue);
        }
        wait.armDeadline(deadlineNanos);
        return sleep(TaskState.SLEEPING);
    }

    /// Sleeps until the queue is woken, signals or not.
    public final BlockedException waitUninterruptibly(WaitQueue queue) {
        wait.stand(queue);
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until the queue is woken; of all signals only a fatal one ends the wait, with EINTR.
    public final BlockedException waitKillable(WaitQueue queue) throws ErrnoException {
        if (hasFatalSignal()) {
            throw Errno.EINTR.exception();
        }
        wait.stand(queue);
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until [#wake] says so, for a thread that waits for the others of its process to end.
    final BlockedException waitForThreads() {
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until the child that borrowed the memory gives it back. Linux: wait_for_vfork_done()
    final BlockedException waitForChild() {
        return sleep(TaskState.UNINTERRUPTIBLE);
    }

    /// Sleeps until a signal comes.
    ///
    /// @param onSignal how the call ends then
    public final BlockedException waitForSignal(Errno onSignal) throws ErrnoException {
        failOnSignal(onSignal);
        return sleep(TaskState.SLEEPING);
    }

    /// For a handler that was about to block and may not: it is awake again.
    public final void cancelWait() {
        wait.leave();
        state = TaskState.RUNNABLE;
    }

    /// The deadline of this call: fixed at its first run and the same on all re-runs.
    ///
    /// @param timeoutNanos from the first run on; negative = no deadline
    /// @return monotonic time, `Long.MAX_VALUE` for none
    public final long deadline(long timeoutNanos) {
        return wait.deadline(kernel.clock().monotonicNanos(), timeoutNanos);
    }

    /// As [#deadline], given as an absolute monotonic time.
    public final long absoluteDeadline(long deadlineNanos) {
        wait.fixDeadline(deadlineNanos);
        return deadlineNanos;
    }

    /// Whether the deadline of this call has come.
    public final boolean timedOut() {
        return wait.isDeadlineReached(kernel.clock().monotonicNanos());
    }

    /// What the handler left with [#setProgress] on an earlier run of this same call, else null.
    public final @Nullable Object progress() {
        return wait.progress();
    }

    /// Leaves something for the next run of this same call.
    public final void setProgress(@Nullable Object progress) {
        wait.setProgress(progress);
    }

    /// Bytes done by earlier runs of this same call.
    public final long progressBytes() {
        return wait.progressBytes();
    }

    public final void setProgressBytes(long bytes) {
        wait.setProgressBytes(bytes);
    }

    final SyscallWait syscallWait() {
        return wait;
    }

    private void failOnSignal(Errno onSignal) throws ErrnoException {
        if (hasPendingSignal()) {
            throw onSignal.exception();
        }
    }

    private BlockedException sleep(TaskState newState) {
        state = newState;
        return BlockedException.INSTANCE;
    }

    /// Makes a sleeping task look again. Linux: try_to_wake_up()
    final void wake(WakeReason reason) {
        boolean wakes =
                switch (state) {
                    case RUNNABLE, ZOMBIE, DEAD -> false;
                    case SLEEPING -> reason != WakeReason.CONTINUE;
                    case UNINTERRUPTIBLE -> reason == WakeReason.EVENT || reason == WakeReason.KILL;
                    case STOPPED -> reason == WakeReason.KILL || reason == WakeReason.CONTINUE;
                };
        if (wakes) {
            wait.leave();
            state = TaskState.RUNNABLE;
            enqueue();
        }
    }
}
