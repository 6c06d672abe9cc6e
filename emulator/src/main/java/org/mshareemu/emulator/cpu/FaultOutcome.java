package org.mshareemu.emulator.cpu;

/// What became of a page fault. Linux: vm_fault_t
public enum FaultOutcome {
    /// Something on the way to the page changed (a table was linked): walk again, and ask again if
    /// it still misses.
    RETRY,
    /// The page is there now with the rights that were asked for.
    RESOLVED,
    /// Cannot be resolved while guest code runs: leave the run with [VcpuExit.PageFault].
    SIGNAL
}
