package org.mshareemu.emulator.capstone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

final class DisassemblerTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "90, 1, nop, nop",
        "488b03, 3, 'mov rax, qword ptr [rbx]', 'movq (%rbx), %rax'",
        "0f05, 2, syscall, syscall",
        "f3a4, 2, 'rep movsb byte ptr [rdi], byte ptr [rsi]', 'rep movsb (%rsi), (%rdi)'",
        "ebfe, 2, jmp 0x400000, jmp 0x400000",
        "488d0510000000, 7, 'lea rax, [rip + 0x10]', 'leaq 0x10(%rip), %rax'",
        "f0480fc103, 5, 'lock xadd qword ptr [rbx], rax', 'lock xaddq %rax, (%rbx)'",
    })
    void decodesInBothSyntaxes(String hex, int length, String intel, String att) {
        byte[] code = HexFormat.of().parseHex(hex + "9090");
        try (Disassembler first = Disassembler.open(Disassembler.Syntax.INTEL);
                Disassembler second = Disassembler.open(Disassembler.Syntax.ATT)) {
            assertEquals(
                    intel + "/" + length, describe(first.decode(code, 0, code.length, 0x40_0000)));
            assertEquals(
                    att + "/" + length, describe(second.decode(code, 0, code.length, 0x40_0000)));
        }
    }

    private static String describe(@Nullable DecodedInstruction instruction) {
        return instruction == null ? "none" : instruction.text() + "/" + instruction.lengthBytes();
    }

    @Test
    void whatIsNoInstructionIsNone() {
        try (Disassembler disassembler = Disassembler.open(Disassembler.Syntax.INTEL)) {
            assertNull(disassembler.decode(new byte[] {0x06}, 0, 1, 0));
            assertNull(disassembler.decode(new byte[] {0x48, (byte) 0x8b}, 0, 2, 0));
        }
    }

    @Test
    void readsFromNativeMemoryToo() {
        try (Disassembler disassembler = Disassembler.open(Disassembler.Syntax.INTEL);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(64);
            memory.set(ValueLayout.JAVA_BYTE, 10, (byte) 0xc3);

            assertEquals(
                    new DecodedInstruction(0x123, 1, "ret", ""),
                    disassembler.decode(memory, 10, 15, 0x123));
        }
    }

    @Test
    void cacheDecodesOnceUntilTheFrameIsWritten() {
        InstructionCache cache = new InstructionCache();
        int[] decoded = {0};
        for (int i = 0; i < 3; i++) {
            cache.find(
                    7, 0x1010, vaddr -> new DecodedInstruction(vaddr, 1, "nop" + decoded[0]++, ""));
        }
        assertEquals(1, decoded[0]);
        cache.invalidate(7);
        DecodedInstruction again =
                cache.find(
                        7,
                        0x1010,
                        vaddr -> new DecodedInstruction(vaddr, 1, "nop" + decoded[0]++, ""));
        assertEquals(new DecodedInstruction(0x1010, 1, "nop1", ""), again);
        cache.find(7, 0x9010, vaddr -> new DecodedInstruction(vaddr, 1, "nop" + decoded[0]++, ""));
        assertEquals(3, decoded[0]);
    }

    @Test
    void cacheDoesNotKeepWhatEndsInAnotherFrame() {
        InstructionCache cache = new InstructionCache();
        int[] decoded = {0};
        for (int i = 0; i < 2; i++) {
            cache.find(
                    7, 0x1fff, vaddr -> new DecodedInstruction(vaddr, 2, "ret" + decoded[0]++, ""));
        }
        assertEquals(2, decoded[0]);
    }
}
