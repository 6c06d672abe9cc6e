package org.mshareemu.emulator.kernel.syscall;

import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;

/// The six arguments of a system call, as 64-bit words and cut to C ints. One object per table,
/// filled anew for each call: handlers must not keep it.
public final class SyscallArgs {
    private long a0;
    private long a1;
    private long a2;
    private long a3;
    private long a4;
    private long a5;

    /// rdi, rsi, rdx, r10, r8, r9.
    void fill(CpuState cpu) {
        a0 = cpu.get(Register.RDI);
        a1 = cpu.get(Register.RSI);
        a2 = cpu.get(Register.RDX);
        a3 = cpu.get(Register.R10);
        a4 = cpu.get(Register.R8);
        a5 = cpu.get(Register.R9);
    }

    public long a0() {
        return a0;
    }

    public long a1() {
        return a1;
    }

    public long a2() {
        return a2;
    }

    public long a3() {
        return a3;
    }

    public long a4() {
        return a4;
    }

    public long a5() {
        return a5;
    }

    /// First argument as a C int.
    public int i0() {
        return (int) a0;
    }

    public int i1() {
        return (int) a1;
    }

    public int i2() {
        return (int) a2;
    }

    public int i3() {
        return (int) a3;
    }

    public int i4() {
        return (int) a4;
    }

    public int i5() {
        return (int) a5;
    }
}
