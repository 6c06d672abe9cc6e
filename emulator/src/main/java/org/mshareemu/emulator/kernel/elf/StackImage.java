package org.mshareemu.emulator.kernel.elf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The first contents of a program's stack.
///
///     top − 8      zero
///                  the program's path, environment strings, argument strings
///                  "x86_64", 16 random bytes
///                  auxiliary vector, ending with AT_NULL
///                  environment pointers, NULL
///                  argument pointers, NULL
///     RSP, ×16     argument count
///
/// Linux: bprm->p, create_elf_tables()
final class StackImage {
    static final int RANDOM_BYTES = 16;
    private static final String PLATFORM = "x86_64\0";

    private final long top;
    private final byte[] bytes;
    private final List<Long> auxv = new ArrayList<>();
    private final ProgramArguments program;

    /// Lowest address used so far.
    private long at;

    private final long execNameAt;
    private final long environmentEnd;
    private final long environmentStart;
    private final long argumentsStart;
    private final long platformAt;
    private final long randomAt;

    /// @param top first address behind the stack
    /// @param random 16 bytes for AT_RANDOM
    StackImage(long top, ProgramArguments program, byte[] random) {
        this.top = top;
        this.program = program;
        this.bytes = new byte[sizeFor(program)];
        this.at = top - Long.BYTES;
        this.execNameAt = push(program.execName());
        this.environmentEnd = execNameAt;
        for (String text : program.environment().reversed()) {
            push(text);
        }
        this.environmentStart = at;
        for (String text : program.arguments().reversed()) {
            push(text);
        }
        this.argumentsStart = at;
        at &= -16L;
        at -= PLATFORM.length();
        this.platformAt = at;
        write(platformAt, PLATFORM.getBytes(StandardCharsets.ISO_8859_1));
        at -= RANDOM_BYTES;
        this.randomAt = at;
        write(randomAt, random);
    }

    private static int sizeFor(ProgramArguments program) {
        long size = 1024L + program.execName().length();
        for (String text : program.arguments()) {
            size += text.length() + 9L;
        }
        for (String text : program.environment()) {
            size += text.length() + 9L;
        }
        return Math.toIntExact(size + 4095 & -4096L);
    }

    /// Adds a pair to the auxiliary vector.
    void aux(int key, long value) {
        auxv.add((long) key);
        auxv.add(value);
    }

    /// Writes counts, pointers and the vector below the strings.
    ///
    /// @return the stack pointer to start with
    long finish() {
        aux(0, 0);
        int argc = program.arguments().size();
        int envc = program.environment().size();
        long words = 1 + argc + 1L + envc + 1 + auxv.size();
        long stackPointer = at - words * Long.BYTES & -16L;
        long word = stackPointer;
        writeLong(word, argc);
        word += Long.BYTES;
        word = pointers(word, argumentsStart, program.arguments());
        word = pointers(word, environmentStart, program.environment());
        for (long value : auxv) {
            writeLong(word, value);
            word += Long.BYTES;
        }
        at = stackPointer;
        return stackPointer;
    }

    private long pointers(long firstWord, long firstString, List<String> strings) {
        long word = firstWord;
        long string = firstString;
        for (String text : strings) {
            writeLong(word, string);
            word += Long.BYTES;
            string += text.length() + 1L;
        }
        writeLong(word, 0);
        return word + Long.BYTES;
    }

    private long push(String text) {
        at -= text.length() + 1L;
        write(at, text.getBytes(StandardCharsets.ISO_8859_1));
        return at;
    }

    private void write(long vaddr, byte[] source) {
        System.arraycopy(source, 0, bytes, index(vaddr), source.length);
    }

    private void writeLong(long vaddr, long value) {
        MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_LONG_UNALIGNED, index(vaddr), value);
    }

    private int index(long vaddr) {
        return Math.toIntExact(bytes.length - (top - vaddr));
    }

    /// The image.
    byte[] bytes() {
        return bytes;
    }

    /// Index in [#bytes] of the first byte used.
    int offset() {
        return index(at);
    }

    /// Address of the first byte used.
    long start() {
        return at;
    }

    long execNameAt() {
        return execNameAt;
    }

    long argumentsStart() {
        return argumentsStart;
    }

    long argumentsEnd() {
        return environmentStart;
    }

    long environmentStart() {
        return environmentStart;
    }

    long environmentEnd() {
        return environmentEnd;
    }

    long platformAt() {
        return platformAt;
    }

    long randomAt() {
        return randomAt;
    }
}
