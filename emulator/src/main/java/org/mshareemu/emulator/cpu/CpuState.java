package org.mshareemu.emulator.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.mshareemu.emulator.unicorn.EngineLayout;
import org.mshareemu.emulator.unicorn.FxsaveCodec;
import org.mshareemu.mmu.annotation.HotPath;

import java.lang.foreign.MemorySegment;

/// All of a task's processor state: general registers, segment bases, x87 and SSE, at privilege
/// level 3.
///
/// Linux: struct pt_regs and struct fpu
///
/// It is the engine's own format, so loading it is one copy; and the copy of a state is another
/// copy.
public final class CpuState implements AutoCloseable {
    /// Size of an image of FXSAVE. Linux: struct fxregs_state
    public static final int FXSAVE_BYTES = FxsaveCodec.IMAGE_BYTES;

    /// RFLAGS.TF. Linux: X86_EFLAGS_TF
    private static final long TRAP_FLAG = 1 << 8;

    private static final EngineLayout LAYOUT = EngineLayout.get();

    /// Our slot of [CpuStatePool].
    private MemorySegment context;

    /// A state in which all general registers are zero, see [#reset].
    public CpuState() {
        context = CpuStatePool.take();
        reset();
    }

    @HotPath
    public long get(Register register) {
        return context.get(JAVA_LONG, register.contextOffset);
    }

    @HotPath
    public void set(Register register, long value) {
        context.set(JAVA_LONG, register.contextOffset, value);
    }

    /// Becomes equal to `other`. Linux: arch_dup_task_struct()
    public void copyFrom(CpuState other) {
        context.copyFrom(other.context);
    }

    /// General registers zero, RFLAGS 0x202, x87 control word 0x37f and empty stack, MXCSR 0x1f80.
    /// Linux: start_thread()
    public void reset() {
        context.copyFrom(LAYOUT.pristineContext());
    }

    /// x87 and SSE as after [#reset]; the general registers and segment bases stay. Linux:
    /// fpu__clear_user_states()
    public void resetFloatingPoint() {
        LAYOUT.copyAllButRegisters(LAYOUT.pristineContext(), context);
    }

    /// Writes the image that FXSAVE64 would write. `image` has [#FXSAVE_BYTES].
    public void storeFxsave(byte[] image) {
        LAYOUT.fxsaveCodec().store(context.address(), image);
    }

    /// Takes x87 and SSE from an image as FXRSTOR64 would; reserved bits of MXCSR are dropped.
    public void loadFxsave(byte[] image) {
        LAYOUT.fxsaveCodec().load(context.address(), image);
    }

    /// Where the engine finds it. Makes it forget the last exception: else the next one would count
    /// as a double fault.
    @HotPath
    long addressForRun() {
        context.set(JAVA_INT, LAYOUT.pendingExceptionOffset(), EngineLayout.NO_EXCEPTION);
        return context.address();
    }

    @HotPath
    boolean isTrapFlagSet() {
        return (get(Register.RFLAGS) & TRAP_FLAG) != 0;
    }

    void setTrapFlag() {
        set(Register.RFLAGS, get(Register.RFLAGS) | TRAP_FLAG);
    }

    void clearTrapFlag() {
        set(Register.RFLAGS, get(Register.RFLAGS) & ~TRAP_FLAG);
    }

    int exceptionCode() {
        return context.get(JAVA_INT, LAYOUT.exceptionCodeOffset());
    }

    boolean isSoftwareInterrupt() {
        return context.get(JAVA_INT, LAYOUT.softwareInterruptOffset()) != 0;
    }

    @Override
    public void close() {
        if (context.scope().isAlive()) {
            CpuStatePool.give(context);
            context = CpuStatePool.CLOSED;
        }
    }
}
