package org.mshareemu.emulator.kernel.elf;

import org.mshareemu.emulator.kernel.abi.Mman;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One program header. Linux: struct elf64_phdr
///
/// @param type PT_*
/// @param flags PF_*
/// @param fileOffset where its bytes are in the file
/// @param vaddr where they go, before relocation
/// @param fileBytes how many come from the file
/// @param memoryBytes how many there are; the rest is zero
/// @param alignBytes alignment
public record ProgramHeader(
        int type,
        int flags,
        long fileOffset,
        long vaddr,
        long fileBytes,
        long memoryBytes,
        long alignBytes) {
    public static final int BYTES = 56;

    public static final int PT_LOAD = 1;
    public static final int PT_INTERP = 3;
    public static final int PT_PHDR = 6;
    public static final int PT_GNU_STACK = 0x6474_e551;
    public static final int PT_GNU_PROPERTY = 0x6474_e553;

    public static final int PF_X = 1;
    public static final int PF_W = 2;
    public static final int PF_R = 4;

    /// Reads the header that stands at an offset.
    static ProgramHeader parse(MemorySegment bytes, long at) {
        return new ProgramHeader(
                bytes.get(ValueLayout.JAVA_INT_UNALIGNED, at),
                bytes.get(ValueLayout.JAVA_INT_UNALIGNED, at + 4),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 32),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 40),
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 48));
    }

    /// PROT_* of the flags. Linux: make_prot()
    int prot() {
        int prot = (flags & PF_R) != 0 ? Mman.PROT_READ : 0;
        prot |= (flags & PF_W) != 0 ? Mman.PROT_WRITE : 0;
        prot |= (flags & PF_X) != 0 ? Mman.PROT_EXEC : 0;
        return prot;
    }

    /// Start of its first page.
    long pageStart() {
        return vaddr & -4096L;
    }

    /// First address behind it.
    long end() {
        return vaddr + memoryBytes;
    }
}
