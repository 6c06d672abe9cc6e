package org.mshareemu.emulator.kernel.task;

/// What a task has used; see getrusage(2). Linux: the times, faults and switches of task_struct
public final class TaskCounters {
    private long userNanos;
    private long systemNanos;
    private long minorFaults;
    private long majorFaults;
    private long voluntarySwitches;
    private long involuntarySwitches;
    private long blocksExecuted;
    private long syscalls;
    private long startNanos;

    /// Adds all of another's, as a process does with its ended threads and waited-for children.
    public void add(TaskCounters other) {
        userNanos += other.userNanos;
        systemNanos += other.systemNanos;
        minorFaults += other.minorFaults;
        majorFaults += other.majorFaults;
        voluntarySwitches += other.voluntarySwitches;
        involuntarySwitches += other.involuntarySwitches;
        blocksExecuted += other.blocksExecuted;
        syscalls += other.syscalls;
    }

    void ranBlocks(long blocks, long nanos) {
        blocksExecuted += blocks;
        userNanos += nanos;
    }

    void ranSyscall(long nanos) {
        syscalls++;
        systemNanos += nanos;
    }

    void minorFault() {
        minorFaults++;
    }

    void minorFaults(long count) {
        minorFaults += count;
    }

    void majorFault() {
        majorFaults++;
    }

    void switchedVoluntarily() {
        voluntarySwitches++;
    }

    void switchedInvoluntarily() {
        involuntarySwitches++;
    }

    void started(long monotonicNanos) {
        startNanos = monotonicNanos;
    }

    public long userNanos() {
        return userNanos;
    }

    public long systemNanos() {
        return systemNanos;
    }

    public long minorFaults() {
        return minorFaults;
    }

    public long majorFaults() {
        return majorFaults;
    }

    public long voluntarySwitches() {
        return voluntarySwitches;
    }

    public long involuntarySwitches() {
        return involuntarySwitches;
    }

    /// Translated blocks run in user mode.
    public long blocksExecuted() {
        return blocksExecuted;
    }

    public long syscalls() {
        return syscalls;
    }

    /// Monotonic time at which the task was made.
    public long startNanos() {
        return startNanos;
    }
}
