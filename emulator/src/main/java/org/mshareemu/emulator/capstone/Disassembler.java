package org.mshareemu.emulator.capstone;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Turns x86-64 machine code into words. One thread at a time.
public final class Disassembler implements AutoCloseable {
    /// An instruction is never longer.
    public static final int MAX_INSTRUCTION_BYTES = 15;

    /// How operands are written.
    public enum Syntax {
        /// `mov rax, qword ptr [rbx]`
        INTEL(1),
        /// `movq (%rbx), %rax`
        ATT(2);

        private final long option;

        Syntax(long option) {
            this.option = option;
        }
    }

    private static final int CURSOR_BYTES = 24;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment cursor = arena.allocate(CURSOR_BYTES, 8);
    private final MemorySegment code = arena.allocate(MAX_INSTRUCTION_BYTES);
    private final long handle;
    private final long instruction;

    private Disassembler(Syntax syntax) {
        handle = Capstone.open();
        Capstone.setOption(handle, Capstone.OPTION_SYNTAX, syntax.option);
        instruction = Capstone.allocateInstruction(handle);
    }

    /// Opens a disassembler.
    ///
    /// @throws DisassemblerException if the library is missing or is not Capstone 5
    public static Disassembler open(Syntax syntax) {
        if (Library.REFUSAL != null) {
            throw new DisassemblerException(Library.REFUSAL);
        }
        Disassembler disassembler = new Disassembler(syntax);
        disassembler.selfTest();
        return disassembler;
    }

    /// Whether the library is good; found out once.
    private static final class Library {
        static final @Nullable String REFUSAL = refusal();

        private static @Nullable String refusal() {
            try {
                Capstone.checkVersion();
                return null;
            } catch (DisassemblerException e) {
                return e.getMessage();
            } catch (ExceptionInInitializerError e) {
                if (!(e.getCause() instanceof DisassemblerException cause)) {
                    throw e;
                }
                return cause.getMessage();
            }
        }
    }

    /// The layout of what is read here is that of one major version; this sees if it is another's.
    private void selfTest() {
        byte[] bytes = {0x48, (byte) 0x83, (byte) 0xc4, 0x10};
        DecodedInstruction decoded = decode(bytes, 0, bytes.length, 0x1000);
        if (decoded == null
                || decoded.lengthBytes() != 4
                || !decoded.mnemonic().startsWith("add")) {
            close();
            throw new DisassemblerException(
                    "the disassembler behaves differently from Capstone 5: " + decoded);
        }
    }

    /// The first instruction of `bytes`, or null if that is none.
    public @Nullable DecodedInstruction decode(
            byte[] bytes, int offset, int lengthBytes, long vaddr) {
        int length = Math.min(lengthBytes, MAX_INSTRUCTION_BYTES);
        MemorySegment.copy(bytes, offset, code, JAVA_BYTE, 0, length);
        return decode(length, vaddr);
    }

    /// The first instruction at `offset` of `memory`, or null if that is none.
    public @Nullable DecodedInstruction decode(
            MemorySegment memory, long offset, int lengthBytes, long vaddr) {
        int length = Math.min(lengthBytes, MAX_INSTRUCTION_BYTES);
        MemorySegment.copy(memory, offset, code, 0, length);
        return decode(length, vaddr);
    }

    private @Nullable DecodedInstruction decode(int length, long vaddr) {
        cursor.set(JAVA_LONG, 0, code.address());
        cursor.set(JAVA_LONG, 8, length);
        cursor.set(JAVA_LONG, 16, vaddr);
        if (!Capstone.decode(handle, cursor.address(), instruction)) {
            return null;
        }
        MemorySegment decoded =
                Capstone.EVERYTHING.asSlice(instruction, Capstone.INSTRUCTION_BYTES);
        return new DecodedInstruction(
                vaddr,
                decoded.get(JAVA_SHORT_UNALIGNED, Capstone.SIZE),
                decoded.getString(Capstone.MNEMONIC, StandardCharsets.US_ASCII),
                decoded.getString(Capstone.OPERANDS, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            Capstone.close(handle, instruction);
            arena.close();
        }
    }
}
