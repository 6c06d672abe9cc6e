/// Virtual CPUs: run guest code, fill the TLB by walking page tables, report why a run ended.
///
/// A run: [Vcpu#run] loads a [CpuState], the engine executes, each TLB miss comes to [TlbFiller],
/// which walks and asks the [TrapHandler] only if the walk misses; then the state is stored and a
/// [VcpuExit] tells why. Nothing but that question is ever answered inside guest code, so all else
/// may block, switch tasks or throw.
///
/// Where this is not the processor Linux runs on:
///
/// - 128-bit VEX instructions run, and wrong; CPUID hides AVX, and programs that need it are
///   refused elsewhere.
/// - Misaligned SSE accesses and EFLAGS.AC raise no #AC or #GP.
/// - SSE exceptions are neither raised nor recorded in MXCSR, and its FTZ bit does not flush
///   results. Of the x87 exceptions only division by zero is.
/// - A jump to a non-canonical address faults at its target, not at the jump.
/// - SYSENTER does nothing; SMSW, SGDT, SIDT, SLDT and STR work, as without UMIP.
/// - RDRAND and RDSEED run though CPUID hides them.
/// - A page-crossing store, FXSAVE, FNSAVE or ENTER that faults may have written its first part.
/// - The end of a page's code is fetched early: pages behind it may be asked for that are never
///   reached.
@NullMarked
package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.NullMarked;
