package org.mshareemu.emulator.cpu;

import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Recognizes instructions that read memory in order to write it.
///
/// The processor checks their access as a write from the start, so a fault has W/R set and a fresh
/// page takes one fault. The engine reads first and writes later. SDM Vol. 2, appendix A (opcode
/// maps)
final class StoreIntent {
    private static final int LONGEST_INSTRUCTION = 15;

    private final GuestCode code;

    StoreIntent(PhysicalMemory memory, PageWalker walker) {
        this.code = new GuestCode(memory, walker);
    }

    /// Whether the instruction at `rip` writes the memory operand that it reads.
    boolean writesWhatItReads(long root, long rip) {
        long vaddr = rip;
        int opcode = code.peekByte(root, vaddr);
        while (isPrefix(opcode) && vaddr - rip < LONGEST_INSTRUCTION) {
            opcode = code.peekByte(root, ++vaddr);
        }
        boolean escaped = opcode == 0x0f;
        if (escaped) {
            opcode = code.peekByte(root, ++vaddr);
        }
        int modRm = code.peekByte(root, vaddr + 1);
        if (opcode < 0 || modRm < 0 || modRm >= 0xc0) {
            return false;
        }
        int extension = modRm >> 3 & 7;
        return escaped ? writesEscaped(opcode, extension) : writes(opcode, extension);
    }

    /// Operand and address size, segments, LOCK, REP, REX.
    private static boolean isPrefix(int value) {
        return switch (value) {
            case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3 -> true;
            default -> (value & 0xf0) == 0x40;
        };
    }

    private static boolean writes(int opcode, int extension) {
        if (opcode < 0x38) {
            // ADD, OR, ADC, SBB, AND, SUB, XOR to a memory operand; CMP would be 0x38.
            return (opcode & 7) < 2;
        }
        return switch (opcode) {
            // Arithmetic with an immediate, but CMP.
            case 0x80, 0x81, 0x83 -> extension != 7;
            // XCHG, rotates and shifts.
            case 0x86, 0x87, 0xc0, 0xc1, 0xd0, 0xd1, 0xd2, 0xd3 -> true;
            // NOT, NEG.
            case 0xf6, 0xf7 -> extension == 2 || extension == 3;
            // INC, DEC.
            case 0xfe, 0xff -> extension < 2;
            default -> false;
        };
    }

    private static boolean writesEscaped(int opcode, int extension) {
        return switch (opcode) {
            // SHLD, SHRD, BTS, BTR, BTC, CMPXCHG, XADD.
            case 0xa4, 0xa5, 0xac, 0xad, 0xab, 0xb3, 0xbb, 0xb0, 0xb1, 0xc0, 0xc1 -> true;
            // BTS, BTR, BTC with an immediate.
            case 0xba -> extension >= 5;
            // CMPXCHG8B, CMPXCHG16B.
            case 0xc7 -> extension == 1;
            default -> false;
        };
    }
}
