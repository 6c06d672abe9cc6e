package org.mshareemu.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/// The state of a task, and its floating-point half in the format of FXSAVE.
final class CpuStateTest {
    private static final int XMM = 160;

    private static byte[] store(CpuState state) {
        byte[] image = new byte[CpuState.FXSAVE_BYTES];
        state.storeFxsave(image);
        return image;
    }

    private static ByteBuffer view(byte[] image) {
        return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer fxsave(CpuState state) {
        return view(store(state));
    }

    @Test
    void newStateIsThatOfANewProgram() {
        try (CpuState state = new CpuState()) {
            for (Register register : Register.values()) {
                assertEquals(
                        register == Register.RFLAGS ? 0x202 : 0,
                        state.get(register),
                        register.name());
            }
            ByteBuffer image = fxsave(state);
            ByteBuffer expected =
                    ByteBuffer.allocate(CpuState.FXSAVE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            expected.putShort(0, (short) 0x37f).putInt(24, 0x1f80).putInt(28, 0xffff);
            assertEquals(expected, image);
        }
    }

    @Test
    void registersOfTheGuestAreThoseOfTheState() {
        // xchg rax,rbx; xchg rcx,rdx; xchg rsi,rdi; xchg rbp,r8; xchg r9,r10; xchg r12,r13; xchg
        // r14,r15; std; clc; syscall
        try (TestMachine machine =
                TestMachine.withCode("4893 4887ca 4887f7 4c87c5 4d87d1 4d87ec 4d87fe fd f8 0f05")) {
            Register[] registers = Register.values();
            for (int i = 0; i < 16; i++) {
                machine.state.set(registers[i], 100 + i);
            }
            machine.state.set(Register.RSP, TestMachine.STACK_TOP);
            machine.run();

            assertEquals(101, machine.get(Register.RAX));
            assertEquals(100, machine.get(Register.RBX));
            assertEquals(102, machine.get(Register.RDX));
            assertEquals(105, machine.get(Register.RSI));
            assertEquals(104, machine.get(Register.RDI));
            assertEquals(108, machine.get(Register.RBP));
            assertEquals(106, machine.get(Register.R8));
            assertEquals(110, machine.get(Register.R9));
            assertEquals(109, machine.get(Register.R10));
            assertEquals(113, machine.get(Register.R12));
            assertEquals(112, machine.get(Register.R13));
            assertEquals(115, machine.get(Register.R14));
            assertEquals(114, machine.get(Register.R15));
            assertEquals(TestMachine.STACK_TOP, machine.get(Register.RSP));
            assertEquals(0x602, machine.get(Register.RFLAGS));
        }
    }

    @Test
    void segmentBasesWorkBothWays() {
        // mov rax, fs:[8]; mov rbx, gs:[16]; rdfsbase rcx; mov edx, 0x1234; wrgsbase rdx; syscall
        try (TestMachine machine =
                TestMachine.withCode(
                        "64488b042508000000 65488b1c2510000000 f3480faec1 ba34120000 f3480faeda"
                                + " 0f05")) {
            machine.memory.writeLong(machine.paddr(TestMachine.DATA + 0x108), 7);
            machine.memory.writeLong(machine.paddr(TestMachine.DATA + 0x210), 8);
            machine.state.set(Register.FS_BASE, TestMachine.DATA + 0x100);
            machine.state.set(Register.GS_BASE, TestMachine.DATA + 0x200);
            machine.run();

            assertEquals(7, machine.get(Register.RAX));
            assertEquals(8, machine.get(Register.RBX));
            // RCX is gone: the system call put RIP there.
            assertEquals(0x1234, machine.get(Register.GS_BASE));
            assertEquals(TestMachine.DATA + 0x100, machine.get(Register.FS_BASE));
        }
    }

    @Test
    void imageIsWhatTheGuestsOwnFxsaveWrites() {
        // movq xmm0, rax; movq xmm15, rbx; fldpi; fld1; ldmxcsr [rdi]; fxsave64 [rdi+0x100];
        // syscall
        try (TestMachine machine =
                TestMachine.withCode(
                        "66480f6ec0 664c0f6efb d9eb d9e8 0fae17 480fae8700010000 0f05")) {
            machine.state.set(Register.RAX, 0x1122334455667788L);
            machine.state.set(Register.RBX, 0x99aabbccddeeff00L);
            machine.state.set(Register.RDI, TestMachine.DATA);
            machine.memory.writeInt(machine.paddr(TestMachine.DATA), 0xffc0);
            machine.run();
            byte[] guest = new byte[CpuState.FXSAVE_BYTES];
            machine.memory.copyToArray(
                    machine.paddr(TestMachine.DATA + 0x100), guest, 0, guest.length);

            byte[] ours = store(machine.state);

            assertArrayEquals(guest, ours);
            assertEquals(0x1122334455667788L, fxsave(machine.state).getLong(XMM));
            assertEquals(0xffc0, fxsave(machine.state).getInt(24));
        }
    }

    @Test
    void loadedImageIsWhatTheGuestRunsWith() {
        // movq rax, xmm3; fistp qword [rdi]; stmxcsr [rdi+8]; cvtsd2si rbx, xmm4; fnstcw [rdi+12];
        // syscall
        try (TestMachine machine =
                TestMachine.withCode("66480f7ed8 df3f 0fae5f08 f2480f2ddc d97f0c 0f05")) {
            byte[] bytes = store(machine.state);
            ByteBuffer image = view(bytes);
            image.putShort(0, (short) 0xf7f); // round toward zero
            image.put(4, (byte) 0x80); // the register at the top is in use
            image.putShort(2, (short) (7 << 11));
            image.putLong(32, 0xa000_0000_0000_0000L).putShort(40, (short) 0x4000); // 2.5
            image.putInt(24, 0x5f80); // SSE rounds up
            image.putLong(XMM + 3 * 16, 0x1234_5678_9abc_def0L);
            image.putDouble(XMM + 4 * 16, 2.25);
            machine.state.set(Register.RDI, TestMachine.DATA);
            long rax = machine.get(Register.RAX);
            machine.state.loadFxsave(bytes);
            assertEquals(rax, machine.get(Register.RAX));
            assertEquals(TestMachine.CODE, machine.get(Register.RIP));
            machine.run();

            assertEquals(0x1234_5678_9abc_def0L, machine.get(Register.RAX));
            assertEquals(2, machine.readLong(TestMachine.DATA));
            assertEquals(0x5f80, machine.memory.readInt(machine.paddr(TestMachine.DATA + 8)));
            assertEquals(3, machine.get(Register.RBX));
            assertEquals(0xf7f, machine.memory.readShort(machine.paddr(TestMachine.DATA + 12)));
        }
    }

    @Test
    void randomImagesSurviveTheRoundTrip() {
        long seed = 42;
        Random random = new Random(seed);
        try (CpuState state = new CpuState()) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[CpuState.FXSAVE_BYTES];
                random.nextBytes(bytes);
                ByteBuffer image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                image.putShort(0, (short) (0x40 | (random.nextInt() & 0xf3f))).put(5, (byte) 0);
                // No pending x87 error: FXSAVE keeps its summary bits, which follow the others.
                image.putShort(2, (short) (random.nextInt() & 0x7f00)).put(2, (byte) 0);
                image.putShort(6, (short) 0).putLong(8, 0).putLong(16, 0);
                image.putInt(24, random.nextInt() & 0xffff).putInt(28, 0xffff);
                for (int register = 0; register < 8; register++) {
                    image.putShort(32 + 16 * register + 10, (short) 0)
                            .putInt(32 + 16 * register + 12, 0);
                }
                for (int offset = XMM + 256; offset < CpuState.FXSAVE_BYTES; offset += 8) {
                    image.putLong(offset, 0);
                }
                state.loadFxsave(bytes);

                assertEquals(image, fxsave(state), "seed " + seed + ", image " + i);
            }
        }
    }

    @Test
    void reservedBitsOfMxcsrAreDropped() {
        try (CpuState state = new CpuState()) {
            byte[] bytes = store(state);
            view(bytes).putInt(24, 0xabcd_1f80);
            state.loadFxsave(bytes);

            assertEquals(0x1f80, fxsave(state).getInt(24));
        }
    }

    @Test
    void floatingPointIsResetAlone() {
        // movd xmm0, eax; fld1; syscall
        try (TestMachine machine = TestMachine.withCode("660f6ec0 d9e8 0f05");
                CpuState fresh = new CpuState()) {
            machine.state.set(Register.RAX, 77);
            machine.state.set(Register.FS_BASE, 88);
            machine.run();
            machine.state.resetFloatingPoint();

            assertEquals(fxsave(fresh), fxsave(machine.state));
            assertEquals(77, machine.get(Register.RAX));
            assertEquals(88, machine.get(Register.FS_BASE));
            assertEquals(TestMachine.CODE + 8, machine.get(Register.RIP));
        }
    }

    @Test
    void copyIsWholeAndIndependent() {
        try (TestMachine machine = TestMachine.withCode("660f6ec0 d9e8 0f05");
                CpuState copy = new CpuState()) {
            machine.state.set(Register.RAX, 77);
            machine.run();
            copy.copyFrom(machine.state);
            machine.state.reset();

            assertEquals(77, copy.get(Register.RAX));
            assertEquals(77, fxsave(copy).getLong(XMM));
            assertEquals(0x80, fxsave(copy).get(4) & 0xff);
            assertEquals(0, machine.get(Register.RAX));
            assertEquals(0, fxsave(machine.state).getLong(XMM));
        }
    }

    @Test
    void closedStateIsRefused() {
        CpuState state = new CpuState();
        state.close();
        state.close();

        assertThrows(IllegalStateException.class, () -> state.get(Register.RAX));
        try (CpuState first = new CpuState();
                CpuState second = new CpuState()) {
            first.set(Register.RAX, 1);
            assertEquals(0, second.get(Register.RAX));
        }
    }
}
