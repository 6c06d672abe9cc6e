package org.mshareemu.emulator.kernel.task;

/// What a task is doing. Linux: __state and exit_state of struct task_struct
public enum TaskState {
    /// Runs, or waits for a CPU.
    RUNNABLE('R'),
    /// Waits; a signal ends the wait. Linux: TASK_INTERRUPTIBLE
    SLEEPING('S'),
    /// Waits; only what it waits for ends the wait. Linux: TASK_UNINTERRUPTIBLE
    UNINTERRUPTIBLE('D'),
    /// Stopped by a signal. Linux: TASK_STOPPED
    STOPPED('T'),
    /// Has ended, its parent has not asked yet. Linux: EXIT_ZOMBIE
    ZOMBIE('Z'),
    /// Gone. Linux: EXIT_DEAD
    DEAD('X');

    private final char letter;

    TaskState(char letter) {
        this.letter = letter;
    }

    /// The letter /proc/PID/stat shows.
    public char letter() {
        return letter;
    }

    /// Whether the task has left its address space for good.
    public boolean isOver() {
        return this == ZOMBIE || this == DEAD;
    }
}
