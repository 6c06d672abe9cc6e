package org.mshareemu.emulator.cpu;

/// Resolves page faults while guest code runs; implemented by the kernel.
@FunctionalInterface
public interface TrapHandler {
    /// A walk missed. Called inside an upcall: nothing here may block, switch tasks or start a run.
    /// What it throws is thrown by [Vcpu#run].
    ///
    /// For fetches it may be called early: the engine looks ahead to the end of a block, so the
    /// next page of straight-line code is asked for before the instruction pointer gets there, and
    /// perhaps never reached. So an answer of [FaultOutcome#SIGNAL] must leave no trace; the fault
    /// counts when [VcpuExit.PageFault] reports it.
    ///
    /// Linux: handle_mm_fault()
    ///
    /// @param vaddr address of the page's first byte; the exact address comes with
    ///   [VcpuExit.PageFault] only
    /// @param errorCode bits of `PageFaultError`
    FaultOutcome pageFault(long vaddr, int errorCode);
}
