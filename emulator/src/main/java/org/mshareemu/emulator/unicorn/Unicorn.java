package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.mshareemu.emulator.nativelib.MissingLibraryException;
import org.mshareemu.emulator.nativelib.NativeLibraries;
import org.mshareemu.emulator.nativelib.NativeLibrary;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;

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

    static final long ARCH_X86 = 4;
    static final long MODE_64 = 8;
    static final long PROT_ALL = 7;
    static final long TLB_VIRTUAL = 1;

    static final long HOOK_INTR = 1;
    static final long HOOK_INSN = 1L << 1;
    static final long HOOK_CODE = 1L << 2;
    static final long HOOK_BLOCK = 1L << 3;
    static final long HOOK_INSN_INVALID = 1L << 14;
    static final long HOOK_TLB_FILL = 1L << 17;

    static final long INSN_CPUID = 113;
    static final long INSN_IN = 218;
    static final long INSN_OUT = 500;
    static final long INSN_RDTSC = 608;
    static final long INSN_RDTSCP = 609;
    static final long INSN_SYSCALL = 699;

    /// `UC_CTL_WRITE(type, arguments)`: type in the low bits, argument count at bit 26, direction
    /// at bit 30.
    static final long CTL_EXITS_ENABLE = 0x4400_0004;

    static final long CTL_SET_EXITS = 0x4800_0006;
    static final long CTL_REMOVE_CACHE = 0x4800_0009;
    static final long CTL_FLUSH_TB = 0x4000_000a;
    static final long CTL_FLUSH_TLB = 0x4000_000b;
    static final long CTL_TLB_TYPE = 0x4400_000c;
    static final long CTL_TCG_BUFFER_SIZE = 0x4400_000d;

    /// All of the address space, for reading and writing memory whose address came from the engine.
    static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Path PATH = find();
    private static final SymbolLookup LOOKUP = load();

    /// All functions share two shapes, as each shape costs milliseconds of start-up. In the C
    /// calling convention of this host integers and pointers of any width take one register or
    /// stack slot each, surplus arguments are ignored, and a variadic function gets them where any
    /// other would.
    private static final FunctionDescriptor CALL = longs(8);

    private static final FunctionDescriptor CRITICAL_CALL = longs(4);

    /// The shape of all functions that the engine calls.
    static final FunctionDescriptor UPCALL = longs(5);

    private static final MethodHandle UC_VERSION = handle("uc_version");
    private static final MethodHandle UC_OPEN = handle("uc_open");
    private static final MethodHandle UC_CLOSE = handle("uc_close");
    private static final MethodHandle UC_MEM_MAP_PTR = handle("uc_mem_map_ptr");
    private static final MethodHandle UC_HOOK_ADD = handle("uc_hook_add");
    private static final MethodHandle UC_CTL = handle("uc_ctl");
    private static final MethodHandle UC_EMU_START = handle("uc_emu_start");
    private static final MethodHandle UC_CONTEXT_SIZE = handle("uc_context_size");
    private static final MethodHandle UC_CONTEXT_ALLOC = handle("uc_context_alloc");
    private static final MethodHandle UC_CONTEXT_FREE = handle("uc_context_free");
    private static final MethodHandle UC_CTL_CRITICAL = criticalHandle("uc_ctl");
    private static final MethodHandle UC_EMU_STOP = criticalHandle("uc_emu_stop");
    private static final MethodHandle UC_CONTEXT_SAVE = criticalHandle("uc_context_save");
    private static final MethodHandle UC_CONTEXT_RESTORE = criticalHandle("uc_context_restore");
    private static final MethodHandle UC_REG_READ = criticalHandle("uc_reg_read");
    private static final MethodHandle UC_REG_WRITE = criticalHandle("uc_reg_write");

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

    private static FunctionDescriptor longs(int count) {
        MemoryLayout[] parameters = new MemoryLayout[count];
        Arrays.fill(parameters, JAVA_LONG);
        return FunctionDescriptor.of(JAVA_LONG, parameters);
    }

    private static MethodHandle handle(String name) {
        return LINKER.downcallHandle(MemorySegment.ofAddress(symbol(name)), CALL);
    }

    private static MethodHandle criticalHandle(String name) {
        return LINKER.downcallHandle(
                MemorySegment.ofAddress(symbol(name)),
                CRITICAL_CALL,
                Linker.Option.critical(false));
    }

    /// A function of the C library in the common shape.
    static MethodHandle libraryFunction(String name) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), CALL);
    }

    /// A native address for a static Java method; lives as long as the process.
    static long upcall(MethodHandle target) {
        return LINKER.upcallStub(target, UPCALL, Arena.global()).address();
    }

    /// Major, minor, patch and extra version, one byte each, from the top.
    static int version() {
        try {
            return (int) (long) UC_VERSION.invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check(
                    "uc_open",
                    (long)
                            UC_OPEN.invokeExact(
                                    ARCH_X86, MODE_64, out.address(), 0L, 0L, 0L, 0L, 0L));
            return out.get(JAVA_LONG, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void close(long uc) {
        try {
            check("uc_close", (long) UC_CLOSE.invokeExact(uc, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void mapMemory(long uc, long paddr, long lengthBytes, MemorySegment memory) {
        try {
            long result =
                    (long)
                            UC_MEM_MAP_PTR.invokeExact(
                                    uc, paddr, lengthBytes, PROT_ALL, memory.address(), 0L, 0L, 0L);
            check("uc_mem_map_ptr", result);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Adds a hook over all addresses (an empty range, 1 to 0, means all); `instruction` counts
    /// only for `HOOK_INSN`.
    static void addHook(long uc, long type, long callback, long userData, long instruction) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            long result =
                    (long)
                            UC_HOOK_ADD.invokeExact(
                                    uc,
                                    out.address(),
                                    type,
                                    callback,
                                    userData,
                                    1L,
                                    0L,
                                    instruction);
            check("uc_hook_add", result);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// A control call that may ask the TLB-fill hook.
    static void control(String name, long uc, long control, long argument0, long argument1) {
        try {
            check(
                    name,
                    (long) UC_CTL.invokeExact(uc, control, argument0, argument1, 0L, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void flushTlb(long uc) {
        try {
            check(
                    "uc_ctl_flush_tlb",
                    (long) UC_CTL_CRITICAL.invokeExact(uc, CTL_FLUSH_TLB, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Runs from `rip`; the exits are empty, so only hooks and faults end it. `until`, the timeout
    /// and the count stay 0: the engine's timeout stops between the halves of a read-modify-write
    /// instruction, its count is ignored by warm code.
    static int start(long uc, long rip) {
        return start(uc, rip, 0, 0);
    }

    /// What [#start] does not do, for tests that show why.
    static int start(long uc, long rip, long until, long count) {
        try {
            return (int) (long) UC_EMU_START.invokeExact(uc, rip, until, 0L, count, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void stop(long uc) {
        try {
            check("uc_emu_stop", (long) UC_EMU_STOP.invokeExact(uc, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void saveContext(long uc, long context) {
        try {
            check("uc_context_save", (long) UC_CONTEXT_SAVE.invokeExact(uc, context, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void restoreContext(long uc, long context) {
        try {
            check("uc_context_restore", (long) UC_CONTEXT_RESTORE.invokeExact(uc, context, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void readRegister(long uc, long register, long valueAddress) {
        try {
            check("uc_reg_read", (long) UC_REG_READ.invokeExact(uc, register, valueAddress, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void writeRegister(long uc, long register, long valueAddress) {
        try {
            check("uc_reg_write", (long) UC_REG_WRITE.invokeExact(uc, register, valueAddress, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Bytes of a context.
    static long contextBytes(long uc) {
        try {
            return (long) UC_CONTEXT_SIZE.invokeExact(uc, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Makes `target` a context: its first two words tell later saves and restores what to copy and
    /// how much. The other words of the header are about snapshots of memory and stay zero.
    static void initContext(long uc, MemorySegment target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check(
                    "uc_context_alloc",
                    (long) UC_CONTEXT_ALLOC.invokeExact(uc, out.address(), 0L, 0L, 0L, 0L, 0L, 0L));
            long context = out.get(JAVA_LONG, 0);
            MemorySegment.copy(EVERYTHING, context, target, 0, 2 * Long.BYTES);
            check(
                    "uc_context_free",
                    (long) UC_CONTEXT_FREE.invokeExact(context, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// The upper half of a register that returns an int is undefined.
    private static void check(String call, long result) {
        UnicornException.check(call, (int) result);
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
