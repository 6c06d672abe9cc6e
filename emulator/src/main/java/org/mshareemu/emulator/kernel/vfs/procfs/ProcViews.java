package org.mshareemu.emulator.kernel.vfs.procfs;

/// Whom procfs asks.
///
/// @param processes which tasks there are
/// @param system the machine
/// @param memory its frames
/// @param processor its CPUs
public record ProcViews(
        ProcessView processes, SystemView system, MemoryView memory, ProcessorView processor) {}
