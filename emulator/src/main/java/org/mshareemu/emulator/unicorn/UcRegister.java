package org.mshareemu.emulator.unicorn;

/// The engine's numbers of the x86 registers that are read or written through its interface
/// (`uc_x86_reg`).
public final class UcRegister {
    public static final int CS = 11;
    public static final int EFLAGS = 25;
    public static final int RAX = 35;
    public static final int RBP = 36;
    public static final int RBX = 37;
    public static final int RCX = 38;
    public static final int RDI = 39;
    public static final int RDX = 40;
    public static final int RIP = 41;
    public static final int RSI = 43;
    public static final int RSP = 44;
    public static final int CR0 = 50;
    public static final int R8 = 106;
    public static final int R9 = 107;
    public static final int R10 = 108;
    public static final int R11 = 109;
    public static final int R12 = 110;
    public static final int R13 = 111;
    public static final int R14 = 112;
    public static final int R15 = 113;
    public static final int FPCW = 246;
    public static final int FPTAG = 247;
    public static final int MSR = 248;
    public static final int MXCSR = 249;
    public static final int FS_BASE = 250;
    public static final int GS_BASE = 251;

    private UcRegister() {}
}
