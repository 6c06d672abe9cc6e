package org.mshareemu.emulator.kernel.elf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The header of an ELF file for x86-64, as far as loading needs it. Linux: struct elf64_hdr
///
/// @param type ET_EXEC or ET_DYN, or what else stands there
/// @param machine EM_*
/// @param entry entry point
/// @param programHeadersAt file offset of the program headers
/// @param programHeaderBytes size of one
/// @param programHeaderCount how many
public record ElfHeader(
        int type,
        int machine,
        long entry,
        long programHeadersAt,
        int programHeaderBytes,
        int programHeaderCount) {
    /// Size of the header in the file.
    public static final int BYTES = 64;

    public static final int ET_EXEC = 2;
    public static final int ET_DYN = 3;
    public static final int EM_X86_64 = 62;

    /// Whether the bytes begin as an ELF file does.
    public static boolean hasMagic(byte[] head, int lengthBytes) {
        return lengthBytes >= BYTES
                && head[0] == 0x7f
                && head[1] == 'E'
                && head[2] == 'L'
                && head[3] == 'F';
    }

    /// Reads the header from bytes that [#hasMagic] accepted.
    public static ElfHeader parse(byte[] head) {
        MemorySegment bytes = MemorySegment.ofArray(head);
        return new ElfHeader(
                bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, 16) & 0xffff,
                bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, 18) & 0xffff,
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 24),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, 32),
                bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, 54) & 0xffff,
                bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, 56) & 0xffff);
    }

    /// Whether Linux on x86-64 would go on with it. Linux: elf_check_arch() and the checks around
    /// it
    public boolean isLoadable() {
        return (type == ET_EXEC || type == ET_DYN)
                && machine == EM_X86_64
                && programHeaderBytes == ProgramHeader.BYTES
                && programHeaderCount >= 1
                && programHeaderCount <= 65536 / ProgramHeader.BYTES;
    }
}
