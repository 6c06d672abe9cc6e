package org.mshareemu.emulator.unicorn;

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
import java.nio.file.Path;

/// Downcalls into the engine library, one method per C function.
///
/// Pointers travel as `long`: the layout is the same in the C calling convention, and a primitive
/// needs no lifetime check on the paths that run once per system call.
///
/// `critical` skips the thread-state change of a downcall. It is allowed only for calls that can
/// never lead to an upcall, else the JVM aborts: registers, contexts, `uc_emu_stop`, the TLB flush;
/// never `uc_emu_start` or `uc_ctl_remove_cache`, which ask the TLB-fill hook.
final class Unicorn {
    static final int ERR_OK = 0;
    static final int ERR_EXCEPTION = 21;

    static final int ARCH_X86 = 4;
    static final int MODE_64 = 8;
    static final int PROT_ALL = 7;
    static final int TLB_VIRTUAL = 1;

    static final int HOOK_INTR = 1;
    static final int HOOK_INSN = 1 << 1;
    static final int HOOK_CODE = 1 << 2;
    static final int HOOK_BLOCK = 1 << 3;
    static final int HOOK_INSN_INVALID = 1 << 14;
    static final int HOOK_TLB_FILL = 1 << 17;

    static final int INSN_CPUID = 113;
    static final int INSN_IN = 218;
    static final int INSN_OUT = 500;
    static final int INSN_RDTSC = 608;
    static final int INSN_RDTSCP = 609;
    static final int INSN_SYSCALL = 699;

    /// `UC_CTL_WRITE(type, arguments)`: type in the low bits, argument count at bit 26, direction
    /// at bit 30.
    static final int CTL_EXITS_ENABLE = 0x4400_0004;

    static final int CTL_SET_EXITS = 0x4800_0006;
    static final int CTL_REMOVE_CACHE = 0x4800_0009;
    static final int CTL_FLUSH_TB = 0x4000_000a;
    static final int CTL_FLUSH_TLB = 0x4000_000b;
    static final int CTL_TLB_TYPE = 0x4400_000c;
    static final int CTL_TCG_BUFFER_SIZE = 0x4400_000d;

    /// All of the address space, for reading and writing memory whose address came from the engine.
    static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Path PATH = find();
    private static final SymbolLookup LOOKUP = load();

    private static final FunctionDescriptor J_I = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor J_J = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
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
                    JAVA_LONG, JAVA_INT);

    private static final Linker.Option CRITICAL = Linker.Option.critical(false);
    private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);

    private static final MethodHandle UC_VERSION = handle("uc_version", JJ_I);
    private static final MethodHandle UC_OPEN = handle("uc_open", JIJ_I);
    private static final MethodHandle UC_CLOSE = handle("uc_close", J_I);
    private static final MethodHandle UC_MEM_MAP_PTR = handle("uc_mem_map_ptr", JJJJJ_I);
    private static final MethodHandle UC_HOOK_ADD =
            handle("uc_hook_add", HOOK_ADD_I, Linker.Option.firstVariadicArg(7));
    private static final MethodHandle UC_CTL = handle("uc_ctl", JIJJ_I, VARIADIC);
    private static final MethodHandle UC_CTL_CRITICAL =
            handle("uc_ctl", JIJJ_I, VARIADIC, CRITICAL);
    private static final MethodHandle UC_EMU_START = handle("uc_emu_start", JJJJJ_I);
    private static final MethodHandle UC_EMU_STOP = handle("uc_emu_stop", J_I, CRITICAL);
    private static final MethodHandle UC_CONTEXT_SAVE = handle("uc_context_save", JJ_I, CRITICAL);
    private static final MethodHandle UC_CONTEXT_RESTORE =
            handle("uc_context_restore", JJ_I, CRITICAL);
    private static final MethodHandle UC_CONTEXT_SIZE = handle("uc_context_size", J_J);
    private static final MethodHandle UC_CONTEXT_ALLOC = handle("uc_context_alloc", JJ_I);
    private static final MethodHandle UC_CONTEXT_FREE = handle("uc_context_free", J_I);
    private static final MethodHandle UC_REG_READ = handle("uc_reg_read", JIJ_I, CRITICAL);
    private static final MethodHandle UC_REG_WRITE = handle("uc_reg_write", JIJ_I, CRITICAL);

    private Unicorn() {}

    private static Path find() {
        try {
            return NativeLibraries.find(NativeLibrary.UNICORN);
        } catch (MissingLibraryException e) {
            throw new UnsupportedEngineException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SymbolLookup load() {
        try {
            return SymbolLookup.libraryLookup(PATH, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new UnsupportedEngineException(
                    "the engine library " + PATH + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /// The file the engine was loaded from.
    static Path path() {
        return PATH;
    }

    static long symbol(String name) {
        return LOOKUP.find(name)
                .orElseThrow(() ->
                        new UnsupportedEngineException(
                                PATH + " is no Unicorn 2 library: it has no " + name))
                .address();
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(MemorySegment.ofAddress(symbol(name)), descriptor, options);
    }

    /// A native address for a static Java method; lives as long as the process.
    static long upcall(MethodHandle target, FunctionDescriptor descriptor) {
        return LINKER.upcallStub(target, descriptor, Arena.global()).address();
    }

    /// Major, minor, patch and extra version, one byte each, from the top.
    static int version() {
        try {
            return (int) UC_VERSION.invokeExact(0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            // Two ints in registers: passing the mode as a long lets this call share the shape of
            // the register calls' trampoline.
            check("uc_open", (int) UC_OPEN.invokeExact((long) ARCH_X86, MODE_64, out.address()));
            return out.get(JAVA_LONG, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void close(long uc) {
        try {
            check("uc_close", (int) UC_CLOSE.invokeExact(uc));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void mapMemory(long uc, long paddr, long lengthBytes, MemorySegment memory) {
        try {
            check(
                    "uc_mem_map_ptr",
                    (int)
                            UC_MEM_MAP_PTR.invokeExact(
                                    uc, paddr, lengthBytes, (long) PROT_ALL, memory.address()));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Adds a hook over all addresses (an empty range, 1 to 0, means all); `instruction` counts
    /// only for `HOOK_INSN`.
    static void addHook(long uc, int type, long callback, long userData, int instruction) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check(
                    "uc_hook_add",
                    (int)
                            UC_HOOK_ADD.invokeExact(
                                    uc,
                                    out.address(),
                                    type,
                                    callback,
                                    userData,
                                    1L,
                                    0L,
                                    instruction));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// A control call that may ask the TLB-fill hook.
    static void control(String name, long uc, int control, long argument0, long argument1) {
        try {
            check(name, (int) UC_CTL.invokeExact(uc, control, argument0, argument1));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void flushTlb(long uc) {
        try {
            check("uc_ctl_flush_tlb", (int) UC_CTL_CRITICAL.invokeExact(uc, CTL_FLUSH_TLB, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Runs from `rip`; the exits are empty, so only hooks and faults end it. `until`, the timeout
    /// and the count stay 0: the engine's timeout stops between the halves of a read-modify-write
    /// instruction, its count is ignored by warm code.
    static int start(long uc, long rip) {
        try {
            return (int) UC_EMU_START.invokeExact(uc, rip, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void stop(long uc) {
        try {
            check("uc_emu_stop", (int) UC_EMU_STOP.invokeExact(uc));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void saveContext(long uc, long context) {
        try {
            check("uc_context_save", (int) UC_CONTEXT_SAVE.invokeExact(uc, context));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void restoreContext(long uc, long context) {
        try {
            check("uc_context_restore", (int) UC_CONTEXT_RESTORE.invokeExact(uc, context));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void readRegister(long uc, int register, long valueAddress) {
        try {
            check("uc_reg_read", (int) UC_REG_READ.invokeExact(uc, register, valueAddress));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void writeRegister(long uc, int register, long valueAddress) {
        try {
            check("uc_reg_write", (int) UC_REG_WRITE.invokeExact(uc, register, valueAddress));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static void check(String call, int code) {
        UnicornException.check(call, code);
    }

    static long contextBytes(long uc) {
        try {
            return (long) UC_CONTEXT_SIZE.invokeExact(uc);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Copies a fresh context of the engine to `target`; its header tells later saves and restores
    /// how much to copy.
    static void initContext(long uc, MemorySegment target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check("uc_context_alloc", (int) UC_CONTEXT_ALLOC.invokeExact(uc, out.address()));
            long context = out.get(JAVA_LONG, 0);
            MemorySegment.copy(EVERYTHING, context, target, 0, target.byteSize());
            check("uc_context_free", (int) UC_CONTEXT_FREE.invokeExact(context));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// A downcall handle declares Throwable; what is no refusal of the engine can only be a mistake
    /// in our own types.
    private static Error unexpected(Throwable t) {
        if (t instanceof UnicornException refused) {
            throw refused;
        }
        return t instanceof Error error ? error : new AssertionError("downcall", t);
    }
}
