package org.mshareemu.emulator.kernel.task;

/// Why a sleeping task is made to look again.
enum WakeReason {
    /// What it waited for may have come.
    EVENT,
    /// A signal is pending. Linux: signal_wake_up()
    SIGNAL,
    /// SIGKILL, or the whole group ends: wakes stopped tasks too. Linux: signal_wake_up(t, 1)
    KILL,
    /// SIGCONT. Linux: wake_up_state(t, __TASK_STOPPED)
    CONTINUE
}
