package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.unicorn.Engine;
import org.mshareemu.emulator.unicorn.EngineCallbacks;
import org.mshareemu.emulator.unicorn.UnicornException;
import org.mshareemu.mmu.annotation.HotPath;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// One virtual processor: an engine with its own TLB.
///
/// The order of a run: switch the address space, flush if someone asked, load the state, run, store
/// the state, say why.
public final class Vcpu implements AutoCloseable {
    /// No quantum.
    public static final long UNLIMITED = Long.MAX_VALUE - 1;

    static final long NO_ROOT = -1;
    private static final int SYSCALL_INT80 = 0x80;
    private static final int VECTOR_DB = 1;
    private static final int VECTOR_BP = 3;
    private static final int VECTOR_OF = 4;
    private static final int VECTOR_GP = 13;
    private static final int OPCODE_INT1 = 0xf1;

    private final int index;
    private final Cpus cpus;
    private final Engine engine;
    private final TlbFiller filler;
    private final Stepper stepper;
    private final GuestCode code;
    private final CpuidPolicy cpuid;
    private final ClockSource clock;
    private final @Nullable InstructionListener listener;

    private long loadedRoot = NO_ROOT;

    /// The TLB holds something that someone wants gone; nothing of the guest runs before it is
    /// flushed.
    private boolean flushPending;

    private long quantumBlocks = UNLIMITED;

    /// The engine's countdown when it was last set, and the blocks executed until then.
    private long armed;

    private long blocksBefore;
    private long runs;
    private long flushes;
    private long codeDrops;

    Vcpu(
            int index,
            Cpus cpus,
            CpuConfig config,
            PhysicalMemory memory,
            FrameTable frames,
            PageWalker walker,
            TrapHandler handler,
            ClockSource clock) {
        this.index = index;
        this.cpus = cpus;
        this.filler = new TlbFiller(this, cpus, memory, frames, walker, handler);
        this.code = new GuestCode(memory, walker);
        this.stepper = new Stepper(this, memory, frames, walker);
        this.cpuid = config.cpuid();
        this.clock = clock;
        this.listener = config.instructionListener();
        this.engine = Engine.open(memory.segment(), config.engine(), new Callbacks());
        setQuantum(UNLIMITED);
    }

    /// Number of this vCPU in its machine.
    public int index() {
        return index;
    }

    /// Runs guest code in the address space of `root` until something happens, and leaves the
    /// guest's registers in `state`.
    ///
    /// A root is taken for the same address space until flushed: flush before its frame is reused.
    ///
    /// Throws what the trap handler threw; `state` is then that of the last entry.
    public VcpuExit run(CpuState state, long root) {
        if (root != loadedRoot) {
            loadedRoot = root;
            flushPending = true;
        }
        cpus.beginRun();
        try {
            while (true) {
                flushIfPending();
                VcpuExit exit = exit(state, enter(state));
                if (exit != null) {
                    return exit;
                }
            }
        } finally {
            cpus.endRun();
        }
    }

    /// One entry into guest code.
    Engine.RunEnd enter(CpuState state) {
        runs++;
        filler.beginRun(state.isTrapFlagSet());
        long context = state.addressForRun();
        engine.restoreContext(context);
        Engine.RunEnd end = engine.run(state.get(Register.RIP));
        engine.saveContext(context);
        return end;
    }

    /// What an end of the engine's means to the kernel; null if it means nothing and the run goes
    /// on.
    @Nullable VcpuExit exit(CpuState state, Engine.RunEnd end) {
        return switch (end) {
            case SYSCALL -> {
                state.set(Register.RCX, state.get(Register.RIP));
                state.set(Register.R11, state.get(Register.RFLAGS));
                yield VcpuExit.Syscall.SYSCALL;
            }
            case COUNTDOWN -> {
                setQuantum(quantumBlocks);
                yield VcpuExit.Quantum.QUANTUM;
            }
            case FAULT -> fault(state);
            case INTERRUPT -> interrupt(state, engine.interruptVector());
            case INVALID_INSTRUCTION -> invalidOpcode(state);
            case PORT ->
                    new VcpuExit.PortAccess(
                            engine.port(),
                            engine.portBytes(),
                            engine.portIsOutput()
                                    ? VcpuExit.PortDirection.OUT
                                    : VcpuExit.PortDirection.IN);
            case HALT -> new VcpuExit.EngineError(0, "stopped for no reason");
            case ERROR ->
                    new VcpuExit.EngineError(
                            engine.errorCode(), UnicornException.nameOf(engine.errorCode()));
        };
    }

    private @Nullable VcpuExit fault(CpuState state) {
        if (filler.refusedOwnCode()) {
            return state.isTrapFlagSet() ? null : stepper.step(state, loadedRoot);
        }
        if (!filler.refusedFetch()) {
            return fault(engine.faultVaddr());
        }
        long page = filler.refusedPage();
        long rip = state.get(Register.RIP);
        if ((rip & PhysicalMemory.PAGE_MASK) == page) {
            return fault(rip);
        }
        // Of an instruction behind RIP, unless a block is one instruction: then RIP's own, which
        // ends in that page.
        return state.isTrapFlagSet() ? fault(page) : stepper.stepToFault(state, loadedRoot);
    }

    private VcpuExit fault(long vaddr) {
        return filler.refusal() == TlbFiller.NON_CANONICAL
                ? new VcpuExit.NonCanonical(vaddr)
                : new VcpuExit.PageFault(vaddr, filler.refusal());
    }

    /// Whether a run ended by the trap after one instruction.
    boolean isTrap(CpuState state, Engine.RunEnd end) {
        return end == Engine.RunEnd.INTERRUPT
                && engine.interruptVector() == VECTOR_DB
                && !state.isSoftwareInterrupt();
    }

    private static VcpuExit interrupt(CpuState state, int vector) {
        if (!state.isSoftwareInterrupt()) {
            return new VcpuExit.CpuException(
                    vector, vector == VECTOR_DB ? 0 : state.exceptionCode());
        }
        if (vector == VECTOR_BP || vector == VECTOR_OF || vector == SYSCALL_INT80) {
            return new VcpuExit.CpuException(vector, 0);
        }
        state.set(Register.RIP, state.get(Register.RIP) - 2);
        return new VcpuExit.CpuException(VECTOR_GP, vector << 3 | 2);
    }

    /// The engine takes INT1 for undefined; it is a #DB trap.
    private VcpuExit invalidOpcode(CpuState state) {
        if (code.peekByte(loadedRoot, state.get(Register.RIP)) == OPCODE_INT1) {
            state.set(Register.RIP, state.get(Register.RIP) + 1);
            return new VcpuExit.CpuException(VECTOR_DB, 0);
        }
        return new VcpuExit.InvalidOpcode();
    }

    /// Ends a run by [VcpuExit.Quantum] after exactly this many blocks, counted over all runs from
    /// now on; then counts anew.
    public void setQuantum(long blocks) {
        if (blocks < 1 || blocks > UNLIMITED) {
            throw new IllegalArgumentException("quantum: " + blocks);
        }
        blocksBefore = blocksExecuted();
        quantumBlocks = blocks;
        armed = blocks + 1;
        engine.setCountdown(armed);
    }

    /// Blocks of guest code executed since this vCPU was opened; the same in every run of a
    /// machine. Right inside callbacks too.
    @HotPath
    public long blocksExecuted() {
        // The block that ends a quantum is counted but does not run.
        return armed == 0 ? 0 : blocksBefore + armed - Math.max(engine.countdown(), 1);
    }

    /// A register of the running guest, for an [InstructionListener] or a trap handler.
    public long liveRegister(Register register) {
        return engine.readRegister(register.engineNumber);
    }

    public VcpuStatistics statistics() {
        return new VcpuStatistics(
                runs, blocksExecuted(), filler.fills(), filler.faults(), flushes, codeDrops);
    }

    /// The address space whose translations the TLB may hold, or [#NO_ROOT].
    long loadedRoot() {
        return loadedRoot;
    }

    void requestFlush() {
        flushPending = true;
    }

    @HotPath
    void flushIfPending() {
        if (flushPending) {
            flushPending = false;
            flushes++;
            engine.flushTlb();
            filler.flushed();
        }
    }

    void flushToGrow() {
        flushes++;
        engine.flushTlb();
    }

    void dropCode(long pfn) {
        codeDrops++;
        engine.removeTranslations(pfn << PhysicalMemory.PAGE_SHIFT, PhysicalMemory.PAGE_SIZE);
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Callbacks implements EngineCallbacks {
        @Override
        @HotPath
        public long fill(long vaddr, int access) {
            return filler.fill(loadedRoot, vaddr, access);
        }

        @Override
        public void cpuid(int leaf, int subleaf, int[] registers) {
            cpuid.cpuid(leaf, subleaf, registers);
        }

        @Override
        public long timeStampCounter() {
            return clock.timeStampCounter();
        }

        /// Linux: the low 12 bits are the CPU, the next the node; see getcpu(2).
        @Override
        public int timeStampAux() {
            return index;
        }

        @Override
        public void instruction(long rip, int lengthBytes) {
            if (listener != null) {
                listener.onInstruction(Vcpu.this, rip, lengthBytes);
            }
        }
    }
}
