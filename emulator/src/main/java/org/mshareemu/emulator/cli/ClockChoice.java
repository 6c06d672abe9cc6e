package org.mshareemu.emulator.cli;

/// What `--clock` chooses.
enum ClockChoice {
    /// Time passes with executed instructions and jumps to the next timer when all tasks sleep.
    VIRTUAL,
    /// Time is the host's.
    REAL
}
