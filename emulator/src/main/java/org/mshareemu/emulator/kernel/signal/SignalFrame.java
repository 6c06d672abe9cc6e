package org.mshareemu.emulator.kernel.signal;

import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// What the kernel writes on a program's stack when it calls a signal handler, and reads back at
/// rt_sigreturn(2).
///
///     struct rt_sigframe, at RSP on entry of the handler; (RSP + 8) is a multiple of 16
///       0  pretcode       where the handler returns to (SA_RESTORER)
///       8  uc_flags       UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS
///      16  uc_link        0
///      24  uc_stack       ss_sp, ss_flags, ss_size
///      48  r8 … r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, eflags
///     192  cs, gs, fs, ss as 16-bit words
///     200  err, trapno, oldmask, cr2
///     232  fpstate        address of the image below
///     240  eight reserved words
///     304  uc_sigmask
///     312  siginfo_t
///     440  end
///     fpstate, a multiple of 64, above the frame: the FXSAVE image (512), of which bytes 464…511
///       (struct _fpx_sw_bytes) are zero, as the processor has no XSAVE
///
/// Linux: struct rt_sigframe, struct ucontext, struct sigcontext of x86-64
public final class SignalFrame {
    private static final int FRAME_BYTES = 440;
    private static final int UC_AT = 8;
    private static final int REGISTERS_AT = 48;
    private static final int SELECTORS_AT = 192;
    private static final int ERR_AT = 200;
    private static final int FPSTATE_AT = 232;
    private static final int SIGMASK_AT = 304;
    private static final int SIGINFO_AT = 312;

    private static final long UC_SIGCONTEXT_SS = 2;
    private static final long UC_STRICT_RESTORE_SS = 4;

    private static final int FXSAVE_BYTES = CpuState.FXSAVE_BYTES;
    private static final int SW_BYTES_AT = 464;

    /// Space below the stack pointer that belongs to the function. System V ABI, section 3.2.2
    private static final long RED_ZONE_BYTES = 128;

    private static final long USER_CS = 0x33;
    private static final long USER_SS = 0x2b;

    private static final long RFLAGS_DF = 0x400;
    private static final long RFLAGS_RF = 0x1_0000;
    private static final long RFLAGS_TF = 0x100;

    /// What a handler may change. Linux: FIX_EFLAGS
    private static final long RFLAGS_USER = 0x0005_0dd5;

    /// Smallest alternate stack that holds a frame. Linux: get_sigframe_size(), AT_MINSIGSTKSZ
    public static final int MIN_STACK_BYTES = 1456;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /// Order in which struct sigcontext has them.
    private static final Register[] REGISTERS = {
        Register.R8,
        Register.R9,
        Register.R10,
        Register.R11,
        Register.R12,
        Register.R13,
        Register.R14,
        Register.R15,
        Register.RDI,
        Register.RSI,
        Register.RBP,
        Register.RBX,
        Register.RDX,
        Register.RAX,
        Register.RCX,
        Register.RSP,
        Register.RIP,
        Register.RFLAGS,
    };

    private final byte[] frameBytes = new byte[FRAME_BYTES];
    private final MemorySegment frame = MemorySegment.ofArray(frameBytes);
    private final byte[] fxsave = new byte[FXSAVE_BYTES];

    /// Writes a frame and lets the state continue at the handler. Linux: x64_setup_rt_frame()
    ///
    /// @param mask to be restored when the handler returns
    /// @throws ErrnoException EFAULT if the stack cannot take it; the state is unchanged
    public void build(
            CpuState cpu,
            UserMemory memory,
            SignalAction action,
            SigInfo info,
            long mask,
            AltStack altStack,
            TrapRecord trap)
            throws ErrnoException {
        if (!action.has(Signals.SA_RESTORER)) {
            throw Errno.EFAULT.exception();
        }
        long oldStack = cpu.get(Register.RSP);
        long stack = oldStack - RED_ZONE_BYTES;
        boolean nested = altStack.contains(oldStack);
        boolean entersAlternate = false;
        if (action.has(Signals.SA_ONSTACK) && altStack.state(stack) == 0) {
            stack = altStack.base() + altStack.sizeBytes();
            entersAlternate = true;
        }
        long fpstate = (stack - FXSAVE_BYTES) & -64L;
        long base = ((fpstate - FRAME_BYTES) & -16L) - 8;
        if ((nested || entersAlternate) && !altStack.covers(base)) {
            throw Errno.EFAULT.exception();
        }
        cpu.storeFxsave(fxsave);
        Arrays.fill(fxsave, SW_BYTES_AT, FXSAVE_BYTES, (byte) 0);
        fillFrame(cpu, action, info, mask, altStack, trap, fpstate);
        memory.write(fpstate, fxsave, 0, FXSAVE_BYTES);
        memory.write(base, frameBytes, 0, FRAME_BYTES);
        enterHandler(cpu, action, info.signo(), base);
        cpu.resetFloatingPoint();
    }

    private void fillFrame(
            CpuState cpu,
            SignalAction action,
            SigInfo info,
            long mask,
            AltStack altStack,
            TrapRecord trap,
            long fpstate) {
        frame.fill((byte) 0);
        frame.set(LONG, 0, action.restorer());
        frame.set(LONG, UC_AT, UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS);
        frame.set(LONG, UC_AT + 16, altStack.base());
        frame.set(INT, UC_AT + 24, altStack.flags());
        frame.set(LONG, UC_AT + 32, altStack.sizeBytes());
        for (int i = 0; i < REGISTERS.length; i++) {
            frame.set(LONG, REGISTERS_AT + 8L * i, cpu.get(REGISTERS[i]));
        }
        frame.set(LONG, SELECTORS_AT, USER_CS | USER_SS << 48);
        frame.set(LONG, ERR_AT, trap.errorCode());
        frame.set(LONG, ERR_AT + 8, trap.vector());
        frame.set(LONG, ERR_AT + 16, mask);
        frame.set(LONG, ERR_AT + 24, trap.cr2());
        frame.set(LONG, FPSTATE_AT, fpstate);
        frame.set(LONG, SIGMASK_AT, mask);
        info.write(frame, SIGINFO_AT);
    }

    private static void enterHandler(CpuState cpu, SignalAction action, int signo, long base) {
        cpu.set(Register.RDI, signo);
        cpu.set(Register.RAX, 0);
        cpu.set(Register.RSI, base + SIGINFO_AT);
        cpu.set(Register.RDX, base + UC_AT);
        cpu.set(Register.RIP, action.handler());
        cpu.set(Register.RSP, base);
        long flags = cpu.get(Register.RFLAGS);
        cpu.set(Register.RFLAGS, flags & ~(RFLAGS_DF | RFLAGS_RF | RFLAGS_TF));
    }

    /// What rt_sigreturn(2) finds on the stack besides registers.
    ///
    /// @param mask signal mask to set
    /// @param altStack alternate stack to set
    public record Restored(long mask, AltStack altStack) {}

    /// Takes the registers back from a frame. Linux: sys_rt_sigreturn(), restore_sigcontext()
    ///
    /// @throws ErrnoException EFAULT, for which the task gets SIGSEGV
    public Restored restore(CpuState cpu, UserMemory memory) throws ErrnoException {
        long base = cpu.get(Register.RSP) - 8;
        memory.read(base, frameBytes, 0, SIGINFO_AT);
        long fpstate = frame.get(LONG, FPSTATE_AT);
        if (fpstate != 0) {
            memory.read(fpstate, fxsave, 0, FXSAVE_BYTES);
        }
        long oldFlags = cpu.get(Register.RFLAGS);
        for (int i = 0; i < REGISTERS.length; i++) {
            cpu.set(REGISTERS[i], frame.get(LONG, REGISTERS_AT + 8L * i));
        }
        long flags = frame.get(LONG, REGISTERS_AT + 8L * 17);
        cpu.set(Register.RFLAGS, (oldFlags & ~RFLAGS_USER) | (flags & RFLAGS_USER));
        if (fpstate == 0) {
            cpu.resetFloatingPoint();
        } else {
            cpu.loadFxsave(fxsave);
        }
        AltStack stack =
                new AltStack(
                        frame.get(LONG, UC_AT + 16),
                        frame.get(LONG, UC_AT + 32),
                        frame.get(INT, UC_AT + 24));
        return new Restored(frame.get(LONG, SIGMASK_AT), stack);
    }
}
