package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.unicorn.Engine;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Makes fetch faults exact.
///
/// The engine translates a block as a whole. If straight-line code runs towards a page that cannot
/// be fetched, the fault comes at the block's start, before any of its instructions ran. From there
/// the block is stepped, one instruction at a time by the trap flag, until it faults where it
/// should or goes elsewhere.
final class FetchStepper {
    private static final long TRAP_FLAG = 1 << 8;
    private static final int OPCODE_PUSHF = 0x9c;
    private static final int OPCODE_POPF = 0x9d;

    private final Vcpu vcpu;
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final PageWalker walker;

    FetchStepper(Vcpu vcpu, PhysicalMemory memory, FrameTable frames, PageWalker walker) {
        this.vcpu = vcpu;
        this.memory = memory;
        this.frames = frames;
        this.walker = walker;
    }

    /// Whether a refused fetch may be of an instruction behind the one at RIP. With the trap flag
    /// set a block is one instruction.
    boolean isEarly(CpuState state, long refusedPage) {
        return (state.get(Register.RIP) & PhysicalMemory.PAGE_MASK) != refusedPage
                && (state.get(Register.RFLAGS) & TRAP_FLAG) == 0;
    }

    /// Steps until the run ends for another reason, which is returned; or null when RIP has left
    /// its page without a fault.
    @Nullable VcpuExit stepToFault(CpuState state, long root) {
        long page = state.get(Register.RIP) & PhysicalMemory.PAGE_MASK;
        while ((state.get(Register.RIP) & PhysicalMemory.PAGE_MASK) == page) {
            int opcode = peekOpcode(root, state.get(Register.RIP));
            vcpu.flushIfPending();
            state.set(Register.RFLAGS, state.get(Register.RFLAGS) | TRAP_FLAG);
            Engine.RunEnd end = vcpu.enter(state);
            boolean stepped = end == Engine.RunEnd.INTERRUPT && vcpu.isTrapFlagStep(state);
            boolean guestSetIt =
                    stepped
                            && opcode == OPCODE_POPF
                            && (state.get(Register.RFLAGS) & TRAP_FLAG) != 0;
            if (guestSetIt) {
                return null;
            }
            if (!stepped && end == Engine.RunEnd.FAULT) {
                // Exact, as the trap flag is still set.
                VcpuExit exit = vcpu.exit(state, end);
                state.set(Register.RFLAGS, state.get(Register.RFLAGS) & ~TRAP_FLAG);
                return exit;
            }
            state.set(Register.RFLAGS, state.get(Register.RFLAGS) & ~TRAP_FLAG);
            if (!stepped) {
                return vcpu.exit(state, end);
            }
            if (opcode == OPCODE_PUSHF) {
                clearPushedFlag(root, state.get(Register.RSP));
            }
        }
        return null;
    }

    /// The guest must not see our trap flag on its stack: bit 8 is the low bit of the second byte.
    private void clearPushedFlag(long root, long rsp) {
        long result = walker.peek(root, rsp + 1, PageFaultError.USER | PageFaultError.WRITE);
        if (WalkResult.isTranslated(result)) {
            frames.noteHostWrite(WalkResult.pfn(result));
            long paddr = WalkResult.framePaddr(result) + (rsp + 1 & ~PhysicalMemory.PAGE_MASK);
            memory.writeByte(paddr, (byte) (memory.readByte(paddr) & ~1));
        }
    }

    /// The opcode at RIP behind an operand-size prefix and REX.
    private int peekOpcode(long root, long rip) {
        long vaddr = rip;
        int value = peekByte(root, vaddr);
        while (value == 0x66 || (value & 0xf0) == 0x40) {
            value = peekByte(root, ++vaddr);
        }
        return value;
    }

    /// A byte of code, or -1 where nothing can be fetched.
    int peekByte(long root, long vaddr) {
        long result = walker.peek(root, vaddr, PageFaultError.USER | PageFaultError.FETCH);
        if (!WalkResult.isTranslated(result)) {
            return -1;
        }
        return memory.readByte(WalkResult.framePaddr(result) + (vaddr & ~PhysicalMemory.PAGE_MASK))
                & 0xff;
    }
}
