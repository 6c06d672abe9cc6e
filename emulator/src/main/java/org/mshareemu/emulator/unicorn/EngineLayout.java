package org.mshareemu.emulator.unicorn;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Where things stand in the engine's own structures, which no header describes: found by
/// [EngineSelfTest], once per process.
///
/// A context (`uc_context`) is a header and a plain copy of the engine's CPU state. It holds
/// nothing of the engine it came from, so any engine can run it, and a copy of its bytes is a copy
/// of the CPU state. All offsets in it are from its start.
public final class EngineLayout {
    /// The registers whose offsets are known, see [#offsetOf].
    static final int[] REGISTERS = {
        UcRegister.RAX, UcRegister.RBX, UcRegister.RCX, UcRegister.RDX,
        UcRegister.RSI, UcRegister.RDI, UcRegister.RBP, UcRegister.RSP,
        UcRegister.R8, UcRegister.R9, UcRegister.R10, UcRegister.R11,
        UcRegister.R12, UcRegister.R13, UcRegister.R14, UcRegister.R15,
        UcRegister.RIP, UcRegister.EFLAGS, UcRegister.FS_BASE, UcRegister.GS_BASE
    };

    private static final int REGISTER_LIMIT = 256;

    private final MemorySegment pristineContext;
    private final int[] registerOffsets;
    private final int pendingExceptionOffset;
    private final int exceptionCodeOffset;
    private final int softwareInterruptOffset;
    private final int faultAddressOffset;
    private final FxsaveCodec fxsaveCodec;

    EngineLayout(EngineSelfTest test) {
        this.registerOffsets = new int[REGISTER_LIMIT];
        Arrays.fill(registerOffsets, -1);
        for (int i = 0; i < REGISTERS.length; i++) {
            registerOffsets[REGISTERS[i]] = test.registerOffsets[i];
        }
        this.pristineContext =
                Arena.global()
                        .allocate(test.contextBytes, 64)
                        .copyFrom(test.pristineContext)
                        .asReadOnly();
        this.pendingExceptionOffset = test.pendingExceptionOffset;
        this.exceptionCodeOffset = test.exceptionCodeOffset;
        this.softwareInterruptOffset = test.softwareInterruptOffset;
        this.faultAddressOffset = test.faultAddressOffset;
        this.fxsaveCodec = test.fxsaveCodec(this);
    }

    /// The layout of the engine of this process.
    ///
    /// @throws UnsupportedEngineException if the library is missing, too old or behaves differently
    public static EngineLayout get() {
        EngineLayout layout = Found.LAYOUT;
        if (layout == null) {
            throw new UnsupportedEngineException(Found.REFUSAL);
        }
        return layout;
    }

    /// The self-test's result; it runs when this class is first used.
    private static final class Found {
        static final @Nullable EngineLayout LAYOUT;
        static final String REFUSAL;

        static {
            EngineLayout layout = null;
            String refusal = "";
            try {
                layout = EngineSelfTest.run();
            } catch (UnsupportedEngineException e) {
                refusal = String.valueOf(e.getMessage());
            } catch (ExceptionInInitializerError e) {
                // The library is loaded by an initializer of its own.
                if (!(e.getCause() instanceof UnsupportedEngineException cause)) {
                    throw e;
                }
                refusal = String.valueOf(cause.getMessage());
            }
            LAYOUT = layout;
            REFUSAL = refusal;
        }
    }

    public int contextBytes() {
        return (int) pristineContext.byteSize();
    }

    /// A context at privilege level 3 with all general registers zero and x87 and SSE as Linux
    /// gives them to a new program.
    public MemorySegment pristineContext() {
        return pristineContext;
    }

    /// Offset in a context of a 64-bit register; RFLAGS is known as [UcRegister#EFLAGS].
    public int offsetOf(int register) {
        int offset = registerOffsets[register];
        if (offset < 0) {
            throw new IllegalArgumentException("register " + register);
        }
        return offset;
    }

    /// Offset in a context of the int that remembers a #DE or #GP for ever, until it is set to
    /// [#NO_EXCEPTION]: with it there, the next one counts as a double fault and the third ends the
    /// run without a word.
    public int pendingExceptionOffset() {
        return pendingExceptionOffset;
    }

    /// Makes `target` equal to `source` in all but the registers that [#offsetOf] knows.
    public void copyAllButRegisters(MemorySegment source, MemorySegment target) {
        long[] kept = new long[REGISTERS.length];
        for (int i = 0; i < REGISTERS.length; i++) {
            kept[i] = target.get(ValueLayout.JAVA_LONG, registerOffsets[REGISTERS[i]]);
        }
        target.copyFrom(source);
        for (int i = 0; i < REGISTERS.length; i++) {
            target.set(ValueLayout.JAVA_LONG, registerOffsets[REGISTERS[i]], kept[i]);
        }
    }

    /// Nothing pending, see [#pendingExceptionOffset].
    public static final int NO_EXCEPTION = -1;

    /// Offset in a context of the int with the last exception's error code.
    public int exceptionCodeOffset() {
        return exceptionCodeOffset;
    }

    /// Offset in a context of the int that is 1 if the last interrupt came from an INT n
    /// instruction.
    public int softwareInterruptOffset() {
        return softwareInterruptOffset;
    }

    /// Converts the x87 and SSE state of contexts.
    public FxsaveCodec fxsaveCodec() {
        return fxsaveCodec;
    }

    /// Offset in the engine's structure of the exact address of the last refused access.
    int faultAddressOffset() {
        return faultAddressOffset;
    }
}
