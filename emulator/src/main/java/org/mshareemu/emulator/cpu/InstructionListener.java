package org.mshareemu.emulator.cpu;

/// Sees each instruction before it runs.
@FunctionalInterface
public interface InstructionListener {
    /// Called inside an upcall; registers are read by [Vcpu#liveRegister].
    void onInstruction(Vcpu vcpu, long rip, int lengthBytes);
}
