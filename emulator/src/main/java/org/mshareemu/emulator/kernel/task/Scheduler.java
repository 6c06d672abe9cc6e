package org.mshareemu.emulator.kernel.task;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;

import java.util.ArrayDeque;
import java.util.Iterator;

/// Who runs next: one queue per CPU, first come, first served, so that runs repeat. A CPU without
/// work takes a task from the longest queue.
///
/// Invariant: a task is in exactly one queue if it is runnable and not running, else in none.
public final class Scheduler {
    private final ArrayDeque<Task>[] queues;
    private @Nullable Task current;
    private boolean reschedule;

    @SuppressWarnings({
        "unchecked",
        "rawtypes"
    }) // an array of a generic type cannot be made otherwise
    Scheduler(int cpuCount) {
        queues = new ArrayDeque[cpuCount];
        for (int i = 0; i < cpuCount; i++) {
            queues[i] = new ArrayDeque<>();
        }
    }

    /// The task whose system call or instructions run now, or null.
    @Nullable Task current() {
        return current;
    }

    void setCurrent(@Nullable Task task) {
        current = task;
    }

    /// Lets the current task give up the CPU at the end of its call. Linux: sched_yield()
    public void yieldCpu() {
        reschedule = true;
    }

    boolean takeReschedule() {
        boolean wanted = reschedule;
        reschedule = false;
        return wanted;
    }

    /// Adds a runnable task at the end of its CPU's queue.
    void enqueue(Task task) {
        if (task.state() != TaskState.RUNNABLE) {
            throw new KernelBug("not runnable: " + task);
        }
        if ((task.affinity() >>> task.cpuNumber() & 1) == 0) {
            task.setCpuNumber(shortestQueue(task.affinity()));
        }
        queues[task.cpuNumber()].add(task);
    }

    /// Adds a new task where there is least to do.
    public void enqueueNew(Task task) {
        task.setCpuNumber(shortestQueue(task.affinity()));
        enqueue(task);
    }

    private int shortestQueue(long affinity) {
        int best = -1;
        for (int cpu = 0; cpu < queues.length; cpu++) {
            boolean isAllowed = (affinity >>> cpu & 1) != 0;
            if (isAllowed && (best < 0 || queues[cpu].size() < queues[best].size())) {
                best = cpu;
            }
        }
        if (best < 0) {
            throw new KernelBug("no CPU in mask " + Long.toHexString(affinity));
        }
        return best;
    }

    /// Takes the next task for a CPU out of the queues, or null if there is nothing to do.
    @Nullable Task pick(int cpu) {
        Task own = queues[cpu].poll();
        return own != null ? own : steal(cpu);
    }

    private @Nullable Task steal(int cpu) {
        int longest = -1;
        for (int other = 0; other < queues.length; other++) {
            if (other != cpu
                    && queues[other].size() > 1
                    && (longest < 0 || queues[other].size() > queues[longest].size())) {
                longest = other;
            }
        }
        if (longest < 0) {
            return null;
        }
        for (Iterator<Task> tasks = queues[longest].descendingIterator(); tasks.hasNext(); ) {
            Task task = tasks.next();
            if ((task.affinity() >>> cpu & 1) != 0) {
                tasks.remove();
                task.setCpuNumber(cpu);
                return task;
            }
        }
        return null;
    }

    /// Whether another task waits for this CPU.
    boolean hasOthers(int cpu) {
        return !queues[cpu].isEmpty();
    }

    /// Tasks that wait for a CPU, as /proc/loadavg counts them.
    public int waitingCount() {
        int count = 0;
        for (ArrayDeque<Task> queue : queues) {
            count += queue.size();
        }
        return count;
    }
}
