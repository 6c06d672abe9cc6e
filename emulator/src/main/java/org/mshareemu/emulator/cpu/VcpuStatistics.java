package org.mshareemu.emulator.cpu;

/// What a vCPU has done since it was opened.
///
/// @param runs how often guest code was entered
/// @param blocks blocks of guest code executed; the only number here that is the same in every run
///   of a machine
/// @param fills TLB misses that asked for a walk
/// @param faults walks that asked the trap handler
/// @param flushes of the whole TLB, also those that let it grow
/// @param codeDrops frames whose translated code was dropped as they were written
public record VcpuStatistics(
        long runs, long blocks, long fills, long faults, long flushes, long codeDrops) {}
