package org.mshareemu.emulator.capstone;

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

/// Downcalls into the disassembler library.
///
/// All functions share one shape, as each costs start-up time: in the C calling convention of this host an integer or pointer of
/// any width takes one register, and surplus arguments are ignored.
///
/// `struct cs_insn`, of which we read:
///
///     16  uint16_t  size
///     42  char[32]  mnemonic
///     74  char[160] op_str
final class Capstone {
    static final long ARCH_X86 = 3;
    static final long MODE_64 = 8;
    static final long OPTION_SYNTAX = 1;

    static final int INSTRUCTION_BYTES = 248;
    static final int SIZE = 16;
    static final int MNEMONIC = 42;
    static final int OPERANDS = 74;

    static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final int WANTED_MAJOR = 5;
    private static final Path PATH = find();
    private static final SymbolLookup LOOKUP = load();
    private static final FunctionDescriptor CALL = sixLongs();

    private static final MethodHandle CS_VERSION = handle("cs_version");
    private static final MethodHandle CS_OPEN = handle("cs_open");
    private static final MethodHandle CS_CLOSE = handle("cs_close");
    private static final MethodHandle CS_OPTION = handle("cs_option");
    private static final MethodHandle CS_MALLOC = handle("cs_malloc");
    private static final MethodHandle CS_FREE = handle("cs_free");
    private static final MethodHandle CS_DISASM_ITER = handle("cs_disasm_iter");

    private Capstone() {}

    private static Path find() {
        try {
            return NativeLibraries.find(NativeLibrary.CAPSTONE);
        } catch (MissingLibraryException e) {
            throw new DisassemblerException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SymbolLookup load() {
        try {
            return SymbolLookup.libraryLookup(PATH, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new DisassemblerException(
                    "the disassembler library " + PATH + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static FunctionDescriptor sixLongs() {
        MemoryLayout[] parameters = new MemoryLayout[6];
        Arrays.fill(parameters, JAVA_LONG);
        return FunctionDescriptor.of(JAVA_LONG, parameters);
    }

    private static MethodHandle handle(String name) {
        MemorySegment symbol =
                LOOKUP.find(name)
                        .orElseThrow(() ->
                                new DisassemblerException(
                                        PATH + " is no Capstone: it has no " + name));
        return Linker.nativeLinker().downcallHandle(symbol, CALL);
    }

    static void checkVersion() {
        try {
            int version = (int) (long) CS_VERSION.invokeExact(0L, 0L, 0L, 0L, 0L, 0L);
            if (version >>> 8 != WANTED_MAJOR) {
                throw new DisassemblerException(
                        PATH
                                + " is Capstone "
                                + (version >>> 8)
                                + "."
                                + (version & 0xff)
                                + ": 5 is needed");
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static long open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            check(
                    "cs_open",
                    (long) CS_OPEN.invokeExact(ARCH_X86, MODE_64, out.address(), 0L, 0L, 0L));
            return out.get(JAVA_LONG, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void setOption(long handle, long option, long value) {
        try {
            check("cs_option", (long) CS_OPTION.invokeExact(handle, option, value, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Memory for one instruction.
    static long allocateInstruction(long handle) {
        try {
            return (long) CS_MALLOC.invokeExact(handle, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /// Decodes one instruction. `cursor` points to three words, of which the call advances all: the
    /// address of the code, the bytes left, the guest's address.
    static boolean decode(long handle, long cursor, long instruction) {
        try {
            long found =
                    (long)
                            CS_DISASM_ITER.invokeExact(
                                    handle, cursor, cursor + 8, cursor + 16, instruction, 0L);
            return (found & 0xff) != 0;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void close(long handle, long instruction) {
        try (Arena arena = Arena.ofConfined()) {
            long _ = (long) CS_FREE.invokeExact(instruction, 1L, 0L, 0L, 0L, 0L);
            MemorySegment inOut = arena.allocate(JAVA_LONG);
            inOut.set(JAVA_LONG, 0, handle);
            check("cs_close", (long) CS_CLOSE.invokeExact(inOut.address(), 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static void check(String call, long result) {
        if ((int) result != 0) {
            throw new DisassemblerException(call + " failed: error " + (int) result);
        }
    }

    /// A downcall handle declares Throwable; what is no refusal of the library can only be a
    /// mistake in our own types.
    private static Error unexpected(Throwable t) {
        if (t instanceof DisassemblerException refused) {
            throw refused;
        }
        return t instanceof Error error ? error : new AssertionError("downcall", t);
    }
}
