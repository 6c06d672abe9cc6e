package org.mshareemu.emulator.boot;

import org.mshareemu.emulator.kernel.time.MachineClock;
import org.mshareemu.emulator.kernel.time.RealClock;
import org.mshareemu.emulator.kernel.time.VirtualClock;

/// What time is in a machine.
public enum ClockKind {
    /// Passes with work done and jumps when all sleep: runs repeat.
    VIRTUAL,
    /// The host's.
    REAL;

    MachineClock newClock() {
        return switch (this) {
            case VIRTUAL -> new VirtualClock();
            case REAL -> new RealClock();
        };
    }
}
