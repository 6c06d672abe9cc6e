package org.mshareemu.emulator.cpu;

/// Why [Vcpu#run] came back. The state given to it holds the guest's registers; running it again
/// continues there.
public sealed interface VcpuExit {
    /// A SYSCALL instruction. As the processor leaves them: RIP and RCX behind it, R11 = RFLAGS.
    enum Syscall implements VcpuExit {
        SYSCALL
    }

    /// The quantum is over, and the next one has begun.
    enum Quantum implements VcpuExit {
        QUANTUM
    }

    /// A page fault that the trap handler did not resolve. RIP is at the instruction; nothing of it
    /// has happened, or for a repeated string instruction all iterations before.
    ///
    /// @param vaddr the exact address, as CR2 would hold it
    /// @param errorCode bits of `PageFaultError`
    record PageFault(long vaddr, int errorCode) implements VcpuExit {}

    /// An access through a non-canonical address: the processor raises #GP(0), or #SS(0) for the
    /// stack. RIP is at the instruction, or for a jump at the target already.
    record NonCanonical(long vaddr) implements VcpuExit {}

    /// An exception of the processor. RIP is at the instruction for faults (#DE 0, #NP 11, #SS 12,
    /// #GP 13, #MF 16) and behind it for traps (#DB 1, #BP 3, #OF 4, and 0x80, the gate of 32-bit
    /// system calls). Other INT n are #GP(n * 8 + 2), as the gates of Linux forbid them.
    ///
    /// @param errorCode 0 where the exception has none
    record CpuException(int vector, int errorCode) implements VcpuExit {}

    /// #UD; RIP is at the instruction.
    record InvalidOpcode() implements VcpuExit {}

    /// IN or OUT, which no user program may do; RIP is at the instruction.
    record PortAccess(int port, int lengthBytes, PortDirection direction) implements VcpuExit {}

    /// The engine itself failed: our bug, not the guest's.
    record EngineError(int code, String name) implements VcpuExit {}

    enum PortDirection {
        IN,
        OUT
    }
}
