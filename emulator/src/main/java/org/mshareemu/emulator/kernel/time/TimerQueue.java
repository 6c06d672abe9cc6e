package org.mshareemu.emulator.kernel.time;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Things to do at a given time of the monotonic clock, earliest first; equal times in the order in
/// which they were added, so that runs repeat.
///
/// Linux: the CLOCK_MONOTONIC base of hrtimers
public final class TimerQueue {
    /// No timer is due at any time.
    public static final long NEVER = Long.MAX_VALUE;

    /// One thing to do; it can be added again after it fired or was cancelled. Linux: struct
    /// hrtimer
    public static final class Timer {
        private final Runnable action;
        private long expiryNanos = NEVER;
        private long sequence;
        private int heapIndex = -1;

        /// @param action what to do at expiry; may arm timers, this one included
        public Timer(Runnable action) {
            this.action = action;
        }

        /// When it fires, or [#NEVER].
        public long expiryNanos() {
            return isArmed() ? expiryNanos : NEVER;
        }

        /// Whether it stands in the queue.
        public boolean isArmed() {
            return heapIndex >= 0;
        }

        private boolean isBefore(Timer other) {
            return expiryNanos < other.expiryNanos
                    || (expiryNanos == other.expiryNanos && sequence < other.sequence);
        }
    }

    private final List<Timer> heap = new ArrayList<>();
    private long nextSequence;

    /// Arms or re-arms a timer.
    ///
    /// @param expiryNanos monotonic time; a time that has passed fires at the next [#runExpired]
    public void arm(Timer timer, long expiryNanos) {
        cancel(timer);
        timer.expiryNanos = expiryNanos;
        timer.sequence = nextSequence++;
        timer.heapIndex = heap.size();
        heap.add(timer);
        siftUp(timer);
    }

    /// Takes the timer out if it is armed.
    public void cancel(Timer timer) {
        int index = timer.heapIndex;
        if (index < 0) {
            return;
        }
        timer.heapIndex = -1;
        Timer last = heap.removeLast();
        if (last != timer) {
            last.heapIndex = index;
            heap.set(index, last);
            siftUp(last);
            siftDown(last);
        }
    }

    /// The earliest expiry, or [#NEVER].
    public long nextExpiryNanos() {
        Timer first = first();
        return first == null ? NEVER : first.expiryNanos;
    }

    /// Does all that is due.
    ///
    /// @return whether anything was
    public boolean runExpired(long nowNanos) {
        boolean ran = false;
        for (Timer due = first(); due != null && due.expiryNanos <= nowNanos; due = first()) {
            cancel(due);
            due.action.run();
            ran = true;
        }
        return ran;
    }

    /// How many timers are armed.
    public int size() {
        return heap.size();
    }

    private @Nullable Timer first() {
        return heap.isEmpty() ? null : heap.getFirst();
    }

    private void siftUp(Timer timer) {
        int index = timer.heapIndex;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (!timer.isBefore(heap.get(parent))) {
                break;
            }
            place(heap.get(parent), index);
            index = parent;
        }
        place(timer, index);
    }

    private void siftDown(Timer timer) {
        int index = timer.heapIndex;
        while (2 * index + 1 < heap.size()) {
            int child = 2 * index + 1;
            if (child + 1 < heap.size() && heap.get(child + 1).isBefore(heap.get(child))) {
                child++;
            }
            if (!heap.get(child).isBefore(timer)) {
                break;
            }
            place(heap.get(child), index);
            index = child;
        }
        place(timer, index);
    }

    private void place(Timer timer, int index) {
        heap.set(index, timer);
        timer.heapIndex = index;
    }
}
