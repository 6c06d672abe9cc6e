package org.mshareemu.emulator.cpu;

import org.mshareemu.emulator.unicorn.EngineLayout;
import org.mshareemu.emulator.unicorn.UcRegister;

/// The 64-bit registers of a [CpuState].
public enum Register {
    RAX(UcRegister.RAX),
    RBX(UcRegister.RBX),
    RCX(UcRegister.RCX),
    RDX(UcRegister.RDX),
    RSI(UcRegister.RSI),
    RDI(UcRegister.RDI),
    RBP(UcRegister.RBP),
    RSP(UcRegister.RSP),
    R8(UcRegister.R8),
    R9(UcRegister.R9),
    R10(UcRegister.R10),
    R11(UcRegister.R11),
    R12(UcRegister.R12),
    R13(UcRegister.R13),
    R14(UcRegister.R14),
    R15(UcRegister.R15),
    RIP(UcRegister.RIP),
    RFLAGS(UcRegister.EFLAGS),
    FS_BASE(UcRegister.FS_BASE),
    GS_BASE(UcRegister.GS_BASE);

    /// In the engine's numbering.
    final int engineNumber;

    /// In a context of the engine.
    final int contextOffset;

    Register(int engineNumber) {
        this.engineNumber = engineNumber;
        this.contextOffset = EngineLayout.get().offsetOf(engineNumber);
    }
}
