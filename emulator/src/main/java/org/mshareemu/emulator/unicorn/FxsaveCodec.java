package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Converts between the x87 and SSE state in a context and the image of FXSAVE64.
///
/// SDM Vol. 1, 10.5.1 (layout of the FXSAVE area)
///
/// The conversion is done by the instructions themselves, in an engine of its own: they know what
/// in a context depends on the control words. One lock, as machines of several threads share the
/// engine.
public final class FxsaveCodec {
    /// Size of an image.
    public static final int IMAGE_BYTES = 512;

    private static final int MXCSR = 24;

    /// What MXCSR may have set; FXRSTOR of any other bit is #GP.
    private static final int MXCSR_MASK = 0xffff;

    private static final int SAVE = EngineSelfTest.CODEC_CODE;
    private static final int RESTORE = SAVE + 16;
    private static final byte[] SAVE_CODE = {
        0x48, 0x0f, (byte) 0xae, 0x00, 0x0f, 0x05
    }; // fxsave64 [rax]; syscall
    private static final byte[] RESTORE_CODE = {
        0x48, 0x0f, (byte) 0xae, 0x08, 0x0f, 0x05
    }; // fxrstor64 [rax]; syscall

    private final Engine engine;
    private final MemorySegment buffer;
    private final MemorySegment context;
    private final EngineLayout layout;

    FxsaveCodec(Engine engine, MemorySegment ram, EngineLayout layout) {
        this.engine = engine;
        this.buffer = ram.asSlice(EngineSelfTest.CODEC_BUFFER, IMAGE_BYTES);
        this.context = Arena.global().allocate(layout.contextBytes(), 64);
        this.layout = layout;
        MemorySegment.copy(SAVE_CODE, 0, ram, JAVA_BYTE, SAVE, SAVE_CODE.length);
        MemorySegment.copy(RESTORE_CODE, 0, ram, JAVA_BYTE, RESTORE, RESTORE_CODE.length);
    }

    /// Writes the state of the context at `contextAddress` to `image`.
    public synchronized void store(long contextAddress, byte[] image) {
        buffer.fill((byte) 0);
        runOn(contextAddress, SAVE);
        MemorySegment.copy(buffer, JAVA_BYTE, 0, image, 0, IMAGE_BYTES);
    }

    /// Makes `image` the x87 and SSE state of the context; all else in the context stays. Reserved
    /// bits of MXCSR are cleared.
    public synchronized void load(long contextAddress, byte[] image) {
        MemorySegment.copy(image, 0, buffer, JAVA_BYTE, 0, IMAGE_BYTES);
        buffer.set(JAVA_INT, MXCSR, buffer.get(JAVA_INT, MXCSR) & MXCSR_MASK);
        runOn(contextAddress, RESTORE);
        engine.saveContext(context.address());
        layout.copyAllButRegisters(
                context, Unicorn.EVERYTHING.asSlice(contextAddress, layout.contextBytes()));
    }

    private void runOn(long contextAddress, int rip) {
        MemorySegment.copy(Unicorn.EVERYTHING, contextAddress, context, 0, layout.contextBytes());
        context.set(JAVA_LONG, layout.offsetOf(UcRegister.RAX), EngineSelfTest.CODEC_BUFFER);
        context.set(JAVA_LONG, layout.offsetOf(UcRegister.EFLAGS), 0x202);
        context.set(JAVA_INT, layout.pendingExceptionOffset(), EngineLayout.NO_EXCEPTION);
        engine.restoreContext(context.address());
        Engine.RunEnd end = engine.run(rip);
        if (end != Engine.RunEnd.SYSCALL) {
            throw new IllegalStateException(
                    "conversion of the floating-point state ended in " + end);
        }
    }
}
