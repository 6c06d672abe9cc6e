package org.mshareemu.emulator.kernel.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Signals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

class SignalFrameTest {
    private static final long STACK = 0x7fff_0000_0000L;
    private static final int STACK_BYTES = 0x4000;
    private static final long ALTERNATE = 0x1_0000;
    private static final long HANDLER = 0x401234;
    private static final long RESTORER = 0x405678;

    private final CpuState cpu = new CpuState();
    private final ArrayMemory memory = new ArrayMemory();
    private final SignalFrame frames = new SignalFrame();
    private final TrapRecord trap = new TrapRecord();

    @BeforeEach
    void fillRegisters() {
        memory.map(STACK, STACK_BYTES);
        long value = 0x1111;
        for (Register register : Register.values()) {
            cpu.set(register, value);
            value += 0x1111;
        }
        cpu.set(Register.RSP, STACK + STACK_BYTES - 0x333);
        cpu.set(Register.RFLAGS, 0x202 | 0x400 | 0x1);
    }

    @AfterEach
    void close() {
        cpu.close();
    }

    private static SignalAction action(long flags) {
        return new SignalAction(HANDLER, flags | Signals.SA_RESTORER, RESTORER, 0);
    }

    private void build(SignalAction action, AltStack altStack) throws ErrnoException {
        SigInfo info = SigInfo.fault(Signals.SIGSEGV, Signals.SEGV_MAPERR, 0xdead);
        frames.build(cpu, memory, action, info, 0x55, altStack, trap);
    }

    @Test
    void theHandlerIsCalledAsAFunctionWithThreeArguments() throws ErrnoException {
        long before = cpu.get(Register.RSP);
        build(action(Signals.SA_SIGINFO), AltStack.NONE);
        long stack = cpu.get(Register.RSP);
        assertEquals(8, stack & 15);
        assertTrue(stack + 440 <= before - 128, "the red zone is left alone");
        assertEquals(HANDLER, cpu.get(Register.RIP));
        assertEquals(Signals.SIGSEGV, cpu.get(Register.RDI));
        assertEquals(stack + 312, cpu.get(Register.RSI));
        assertEquals(stack + 8, cpu.get(Register.RDX));
        assertEquals(0, cpu.get(Register.RAX));
        assertEquals(0x203, cpu.get(Register.RFLAGS), "the direction flag is clear");
        assertEquals(RESTORER, memory.readLong(stack));
        assertEquals(Signals.SIGSEGV, memory.readInt(stack + 312));
        assertEquals(0xdead, memory.readLong(stack + 312 + 16));
    }

    @Test
    void theFrameShowsTheTrap() throws ErrnoException {
        trap.pageFault(0xdead, 6);
        build(action(0), AltStack.NONE);
        long context = cpu.get(Register.RDX) + 40;
        assertEquals(6, memory.readLong(context + 152));
        assertEquals(14, memory.readLong(context + 160));
        assertEquals(0x55, memory.readLong(context + 168));
        assertEquals(0xdead, memory.readLong(context + 176));
        assertEquals(0, memory.readLong(context + 184) & 63, "the image is aligned");
    }

    @Test
    void returningBringsBackEveryRegister() throws ErrnoException {
        long[] before =
                Arrays.stream(Register.values()).mapToLong(register -> cpu.get(register)).toArray();
        byte[] floating = new byte[CpuState.FXSAVE_BYTES];
        cpu.storeFxsave(floating);
        MemorySegment.ofArray(floating)
                .set(ValueLayout.JAVA_LONG_UNALIGNED, 160, 0x1234_5678_9abcL);
        cpu.loadFxsave(floating);
        build(action(0), AltStack.NONE);
        cpu.set(Register.RBX, -1);
        cpu.set(Register.RSP, cpu.get(Register.RSP) + 8);
        SignalFrame.Restored restored = frames.restore(cpu, memory);
        assertEquals(new SignalFrame.Restored(0x55, AltStack.NONE), restored);
        long[] after =
                Arrays.stream(Register.values()).mapToLong(register -> cpu.get(register)).toArray();
        assertEquals(Arrays.toString(before), Arrays.toString(after));
        byte[] floatingAfter = new byte[CpuState.FXSAVE_BYTES];
        cpu.storeFxsave(floatingAfter);
        assertEquals(Arrays.toString(floating), Arrays.toString(floatingAfter));
    }

    @Test
    void anAlternateStackIsUsedFromItsTopOnlyIfAskedFor() throws ErrnoException {
        memory.map(ALTERNATE, 0x2000);
        AltStack alternate = new AltStack(ALTERNATE, 0x2000, 0);
        build(action(0), alternate);
        assertTrue(cpu.get(Register.RSP) > STACK);
        build(action(Signals.SA_ONSTACK), alternate);
        assertTrue(alternate.covers(cpu.get(Register.RSP)));
        long first = cpu.get(Register.RSP);
        build(action(Signals.SA_ONSTACK), alternate);
        assertTrue(cpu.get(Register.RSP) < first, "a nested handler goes on where the first is");
    }

    @Test
    void aStackThatCannotTakeTheFrameIsRefusedWithoutAChange() {
        cpu.set(Register.RSP, 0x1000);
        long rip = cpu.get(Register.RIP);
        ErrnoException refused =
                assertThrows(ErrnoException.class, () -> build(action(0), AltStack.NONE));
        assertEquals(Errno.EFAULT, refused.errno());
        assertEquals(rip, cpu.get(Register.RIP));
        assertEquals(0x1000, cpu.get(Register.RSP));
    }

    @Test
    void anAlternateStackThatIsTooSmallIsRefused() {
        memory.map(ALTERNATE - 0x1000, 0x2000);
        AltStack small = new AltStack(ALTERNATE, 0x200, 0);
        assertThrows(ErrnoException.class, () -> build(action(Signals.SA_ONSTACK), small));
    }

    @Test
    void aHandlerWithoutRestorerCannotBeCalled() {
        SignalAction bare = new SignalAction(HANDLER, 0, 0, 0);
        assertThrows(ErrnoException.class, () -> build(bare, AltStack.NONE));
    }
}
