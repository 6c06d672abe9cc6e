package org.mshareemu.tests.mmu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.mshareemu.emulator.nativelib.MissingLibraryException;
import org.mshareemu.emulator.nativelib.NativeLibraries;
import org.mshareemu.emulator.nativelib.NativeLibrary;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The few engine functions that the oracle needs, with the engine's own MMU on: the emulator's
/// binding always turns it off.
final class EngineCalls {
    static final int ARCH_X86 = 4;
    static final int MODE_64 = 8;
    static final int PROT_ALL = 7;
    static final int HOOK_INTR = 1;
    static final int CTL_EXITS_ENABLE = 0x4400_0004;
    static final int CTL_SET_EXITS = 0x4800_0006;
    static final int CTL_FLUSH_TB = 0x4000_000a;
    static final int CTL_FLUSH_TLB = 0x4000_000b;
    static final int CTL_TCG_BUFFER_SIZE = 0x4400_000d;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load();
    private static final FunctionDescriptor J_I = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor JJ_I =
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor JIJ_I =
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor JIJJ_I =
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor JJJJJ_I =
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor HOOK_ADD_I =
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                    JAVA_LONG);

    private static final MethodHandle OPEN = handle("uc_open", JIJ_I);
    private static final MethodHandle CLOSE = handle("uc_close", J_I);
    private static final MethodHandle MEM_MAP_PTR = handle("uc_mem_map_ptr", JJJJJ_I);
    private static final MethodHandle HOOK_ADD =
            handle("uc_hook_add", HOOK_ADD_I, Linker.Option.firstVariadicArg(7));
    private static final MethodHandle CTL =
            handle("uc_ctl", JIJJ_I, Linker.Option.firstVariadicArg(2));
    private static final MethodHandle EMU_START = handle("uc_emu_start", JJJJJ_I);
    private static final MethodHandle EMU_STOP = handle("uc_emu_stop", J_I);
    private static final MethodHandle CONTEXT_ALLOC = handle("uc_context_alloc", JJ_I);
    private static final MethodHandle CONTEXT_FREE = handle("uc_context_free", J_I);
    private static final MethodHandle CONTEXT_SIZE =
            handle("uc_context_size", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CONTEXT_SAVE = handle("uc_context_save", JJ_I);
    private static final MethodHandle CONTEXT_RESTORE = handle("uc_context_restore", JJ_I);
    private static final MethodHandle REG_READ = handle("uc_reg_read", JIJ_I);
    private static final MethodHandle REG_WRITE = handle("uc_reg_write", JIJ_I);

    private EngineCalls() {}

    private static SymbolLookup load() {
        try {
            return SymbolLookup.libraryLookup(
                    NativeLibraries.find(NativeLibrary.UNICORN), Arena.global());
        } catch (MissingLibraryException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), type, options);
    }

    static long open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check((int) OPEN.invokeExact((long) ARCH_X86, MODE_64, out.address()));
            return out.get(JAVA_LONG, 0);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void close(long engine) {
        try {
            check((int) CLOSE.invokeExact(engine));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void mapMemory(long engine, MemorySegment memory) {
        try {
            check(
                    (int)
                            MEM_MAP_PTR.invokeExact(
                                    engine,
                                    0L,
                                    memory.byteSize(),
                                    (long) PROT_ALL,
                                    memory.address()));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /// Calls `callback(engine, vector, userData)` on every exception.
    static void hookInterrupts(long engine, MemorySegment callback) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check(
                    (int)
                            HOOK_ADD.invokeExact(
                                    engine,
                                    out.address(),
                                    HOOK_INTR,
                                    callback.address(),
                                    0L,
                                    1L,
                                    0L));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static MemorySegment interruptCallback(MethodHandle target, Arena arena) {
        return LINKER.upcallStub(
                target, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG), arena);
    }

    static void control(long engine, int control, long argument0, long argument1) {
        try {
            check((int) CTL.invokeExact(engine, control, argument0, argument1));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    /// Runs until a halt or until stopped in a callback; returns the engine's error number.
    static int start(long engine, long rip) {
        try {
            return (int) EMU_START.invokeExact(engine, rip, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void stop(long engine) {
        try {
            check((int) EMU_STOP.invokeExact(engine));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long allocContext(long engine) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check((int) CONTEXT_ALLOC.invokeExact(engine, out.address()));
            return out.get(JAVA_LONG, 0);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void freeContext(long context) {
        try {
            check((int) CONTEXT_FREE.invokeExact(context));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static long contextSize(long engine) {
        try {
            return (long) CONTEXT_SIZE.invokeExact(engine);
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void saveContext(long engine, long context) {
        try {
            check((int) CONTEXT_SAVE.invokeExact(engine, context));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void restoreContext(long engine, long context) {
        try {
            check((int) CONTEXT_RESTORE.invokeExact(engine, context));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void readRegister(long engine, int register, MemorySegment value) {
        try {
            check((int) REG_READ.invokeExact(engine, register, value.address()));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    static void writeRegister(long engine, int register, MemorySegment value) {
        try {
            check((int) REG_WRITE.invokeExact(engine, register, value.address()));
        } catch (Throwable t) {
            throw failure(t);
        }
    }

    private static void check(int error) {
        if (error != 0) {
            throw new AssertionError("engine error " + error);
        }
    }

    private static Error failure(Throwable t) {
        return t instanceof Error error ? error : new AssertionError(t);
    }
}
