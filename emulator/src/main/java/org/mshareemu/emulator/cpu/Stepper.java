package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.unicorn.Engine;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Runs single instructions by the trap flag, where the engine's habit of translating whole blocks
/// would show.
///
/// - If straight-line code runs towards a page that cannot be fetched, the fault comes at the
///   block's start, before any of its instructions ran. From there it is stepped until it faults
///   where it should or goes elsewhere.
/// - If a block writes to its own frame, the rest of it would run as it was translated. Its store
///   is stepped alone.
///
/// With the trap flag set, a block is one instruction. The guest does not see that flag, unless it
/// is its own.
final class Stepper {
    private static final int OPCODE_PUSHF = 0x9c;
    private static final int OPCODE_POPF = 0x9d;

    private final Vcpu vcpu;
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final PageWalker walker;
    private final GuestCode code;

    Stepper(Vcpu vcpu, PhysicalMemory memory, FrameTable frames, PageWalker walker) {
        this.vcpu = vcpu;
        this.memory = memory;
        this.frames = frames;
        this.walker = walker;
        this.code = new GuestCode(memory, walker);
    }

    /// Steps on in RIP's page until the run ends for another reason, which is returned; or null
    /// when RIP has left the page.
    @Nullable VcpuExit stepToFault(CpuState state, long root) {
        long page = state.get(Register.RIP) & PhysicalMemory.PAGE_MASK;
        while ((state.get(Register.RIP) & PhysicalMemory.PAGE_MASK) == page
                && !state.isTrapFlagSet()) {
            VcpuExit exit = step(state, root);
            if (exit != null) {
                return exit;
            }
        }
        return null;
    }

    /// Runs one instruction, or one iteration of a repeated one. Null if nothing else happened. The
    /// guest's own trap flag must be clear.
    @Nullable VcpuExit step(CpuState state, long root) {
        int opcode = peekOpcode(root, state.get(Register.RIP));
        vcpu.flushIfPending();
        state.setTrapFlag();
        Engine.RunEnd end = vcpu.enter(state);
        if (!vcpu.isTrap(state, end)) {
            // Exact, as a refused fetch can only be this instruction's while the flag is set.
            VcpuExit exit = end == Engine.RunEnd.FAULT ? vcpu.exit(state, end) : null;
            state.clearTrapFlag();
            return exit != null ? exit : vcpu.exit(state, end);
        }
        if (opcode == OPCODE_POPF && state.isTrapFlagSet()) {
            return null;
        }
        state.clearTrapFlag();
        if (opcode == OPCODE_PUSHF) {
            clearPushedFlag(root, state.get(Register.RSP));
        }
        return null;
    }

    /// Bit 8 is the low bit of the second byte.
    private void clearPushedFlag(long root, long rsp) {
        long result = walker.peek(root, rsp + 1, PageFaultError.USER | PageFaultError.WRITE);
        if (WalkResult.isTranslated(result)) {
            frames.noteHostWrite(WalkResult.pfn(result));
            long paddr = WalkResult.framePaddr(result) + ((rsp + 1) & ~PhysicalMemory.PAGE_MASK);
            memory.writeByte(paddr, (byte) (memory.readByte(paddr) & ~1));
        }
    }

    /// The opcode at RIP behind an operand-size prefix and REX.
    private int peekOpcode(long root, long rip) {
        long vaddr = rip;
        int value = code.peekByte(root, vaddr);
        while (value == 0x66 || (value & 0xf0) == 0x40) {
            value = code.peekByte(root, ++vaddr);
        }
        return value;
    }
}
