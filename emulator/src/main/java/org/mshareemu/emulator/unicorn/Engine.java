package org.mshareemu.emulator.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// One x86-64 engine over one region of guest physical memory, with all its hooks, owned by one
/// host thread.
///
/// The engine's MMU is off: each TLB miss asks [EngineCallbacks#fill]. A run ends only where the
/// engine's state is exact: a SYSCALL, a block's first instruction, a refused fill, an exception,
/// an undefined opcode. In particular nothing ever stops it from another thread, or from a fill
/// that is then granted.
public final class Engine implements AutoCloseable {
    /// Why a run ended.
    public enum RunEnd {
        /// A SYSCALL instruction; RIP is behind it, RCX and R11 are untouched.
        SYSCALL,
        /// The count of blocks ran out; RIP is at a block's first instruction.
        COUNTDOWN,
        /// A fill was refused; see [#faultVaddr].
        FAULT,
        /// An exception or software interrupt; see [#interruptVector].
        INTERRUPT,
        /// An undefined opcode; RIP is at it.
        INVALID_INSTRUCTION,
        /// IN or OUT; RIP is at it and nothing behind it has run; see [#port].
        PORT,
        /// HLT at privilege level 0.
        HALT,
        /// The engine gave up; see [#errorCode].
        ERROR
    }

    /// Where [#removeTranslations] makes frames visible to the engine; guest code never sees it,
    /// see there.
    private static final long WINDOW_VADDR = 0xffff_8000_0000_0000L;

    private static final long GRANT_BITS = 7;
    private static final long NO_COUNTDOWN = Long.MAX_VALUE;

    private final EngineCallbacks callbacks;
    private final Arena arena;
    private final long ramBytes;
    private final MemorySegment controlBlock;
    private final long control;
    private final int index;
    private final int[] cpuidRegisters = new int[4];
    private final @Nullable MemorySegment portContext;
    private long uc;

    private boolean running;

    /// Of the current run.
    private boolean fillRefused;

    private boolean portAccess;
    private boolean invalidInstruction;
    private int interrupt;
    private int errorCode;
    private @Nullable Throwable failure;

    /// Of the last IN or OUT.
    private int port;

    private int portBytes;
    private boolean portIsOutput;

    /// True while [#removeTranslations] asks; only then the window exists.
    private boolean windowOpen;

    private Engine(
            MemorySegment ram,
            EngineOptions options,
            EngineCallbacks callbacks,
            @Nullable EngineLayout layout) {
        this.callbacks = callbacks;
        this.ramBytes = ram.byteSize();
        this.arena = Arena.ofShared();
        this.controlBlock = arena.allocate(StopStubs.CONTROL_BYTES, 64);
        this.control = controlBlock.address();
        this.portContext = layout == null ? null : arena.allocate(layout.contextBytes(), 64);
        if (portContext != null && layout != null) {
            portContext.copyFrom(layout.pristineContext());
        }
        setCountdown(NO_COUNTDOWN);
        this.index = EngineUpcalls.register(this);
        try {
            this.uc = Unicorn.open();
            configure(ram, options);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// Opens an engine whose physical memory is `ram`, from physical address 0.
    ///
    /// @throws UnsupportedEngineException if the library is missing, too old or behaves differently
    public static Engine open(MemorySegment ram, EngineOptions options, EngineCallbacks callbacks) {
        return new Engine(ram, options, callbacks, EngineLayout.get());
    }

    /// Opens an engine before its layout is known.
    static Engine openForSelfTest(
            MemorySegment ram, EngineOptions options, EngineCallbacks callbacks) {
        return new Engine(ram, options, callbacks, null);
    }

    /// All settings and hooks come before the first run: what is translated before a hook exists
    /// never calls it.
    private void configure(MemorySegment ram, EngineOptions options) {
        Unicorn.control(
                "uc_ctl_set_tcg_buffer_size",
                uc,
                Unicorn.CTL_TCG_BUFFER_SIZE,
                options.translationBufferBytes(),
                0);
        Unicorn.control("uc_ctl_tlb_mode", uc, Unicorn.CTL_TLB_TYPE, Unicorn.TLB_VIRTUAL, 0);
        // With exits enabled and none set, leaving a run looks no address up; else it would ask the
        // fill hook for one more fetch
        // and turn a clean stop into an error.
        Unicorn.control("uc_ctl_exits_enable", uc, Unicorn.CTL_EXITS_ENABLE, 1, 0);
        Unicorn.control("uc_ctl_set_exits", uc, Unicorn.CTL_SET_EXITS, 0, 0);
        // The region must allow execution: else no fetch succeeds and no guest store ever drops a
        // translation.
        Unicorn.mapMemory(uc, 0, ramBytes, ram);
        boolean machineCode = options.stops() == EngineOptions.Stops.MACHINE_CODE;
        Unicorn.addHook(uc, Unicorn.HOOK_TLB_FILL, EngineUpcalls.FILL, index, 0);
        Unicorn.addHook(uc, Unicorn.HOOK_INTR, EngineUpcalls.INTERRUPT, index, 0);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN_INVALID, EngineUpcalls.INVALID_INSTRUCTION, index, 0);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN, EngineUpcalls.CPUID, index, Unicorn.INSN_CPUID);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN, EngineUpcalls.RDTSC, index, Unicorn.INSN_RDTSC);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN, EngineUpcalls.RDTSCP, index, Unicorn.INSN_RDTSCP);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN, EngineUpcalls.IN, index, Unicorn.INSN_IN);
        Unicorn.addHook(uc, Unicorn.HOOK_INSN, EngineUpcalls.OUT, index, Unicorn.INSN_OUT);
        if (machineCode) {
            Unicorn.addHook(
                    uc, Unicorn.HOOK_INSN, StopStubs.syscall(), control, Unicorn.INSN_SYSCALL);
            Unicorn.addHook(uc, Unicorn.HOOK_BLOCK, StopStubs.block(), control, 0);
        } else {
            Unicorn.addHook(
                    uc, Unicorn.HOOK_INSN, EngineUpcalls.Slow.SYSCALL, index, Unicorn.INSN_SYSCALL);
            Unicorn.addHook(uc, Unicorn.HOOK_BLOCK, EngineUpcalls.Slow.BLOCK, index, 0);
        }
        if (options.tracing() == EngineOptions.Tracing.EACH_INSTRUCTION) {
            Unicorn.addHook(uc, Unicorn.HOOK_CODE, EngineUpcalls.Slow.CODE, index, 0);
        }
    }

    /// Runs guest code from `rip` until one of the ends in [RunEnd].
    ///
    /// Throws whatever a callback threw; the guest's state is then undefined.
    public RunEnd run(long rip) {
        if (countdown() <= 0) {
            return RunEnd.COUNTDOWN;
        }
        fillRefused = false;
        portAccess = false;
        invalidInstruction = false;
        interrupt = -1;
        Unicorn.EVERYTHING.set(JAVA_INT, control + StopStubs.CONTROL_SYSCALL, 0);
        running = true;
        int error = Unicorn.start(uc, rip);
        running = false;
        if (failure != null) {
            throw takeFailure();
        }
        return end(error);
    }

    private RunEnd end(int error) {
        if (portAccess) {
            // What ran between the hook and the stop had no access to memory: the context of the
            // hook is the whole truth.
            Unicorn.restoreContext(uc, portContextAddress());
            return RunEnd.PORT;
        }
        if (fillRefused) {
            return RunEnd.FAULT;
        }
        if (interrupt >= 0) {
            return RunEnd.INTERRUPT;
        }
        if (invalidInstruction) {
            return RunEnd.INVALID_INSTRUCTION;
        }
        if (Unicorn.EVERYTHING.get(JAVA_INT, control + StopStubs.CONTROL_SYSCALL) != 0) {
            return RunEnd.SYSCALL;
        }
        if (countdown() <= 0) {
            return RunEnd.COUNTDOWN;
        }
        errorCode = error;
        return error == Unicorn.ERR_OK ? RunEnd.HALT : RunEnd.ERROR;
    }

    private RuntimeException takeFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(
                        "checked exception in a callback of the engine", thrown);
    }

    /// The exact address of the access whose fill was refused last.
    public long faultVaddr() {
        return Unicorn.EVERYTHING.get(JAVA_LONG, uc + EngineLayout.get().faultAddressOffset());
    }

    /// The vector of the last [RunEnd#INTERRUPT].
    public int interruptVector() {
        return interrupt;
    }

    /// The engine's error number of the last [RunEnd#ERROR].
    public int errorCode() {
        return errorCode;
    }

    public int port() {
        return port;
    }

    public int portBytes() {
        return portBytes;
    }

    public boolean portIsOutput() {
        return portIsOutput;
    }

    /// Blocks that may still start, and one more.
    public long countdown() {
        return Unicorn.EVERYTHING.get(JAVA_LONG, control + StopStubs.CONTROL_COUNTDOWN);
    }

    /// Lets `blocks - 1` blocks run; the start of the next one ends the run. Counts over runs until
    /// set again.
    public void setCountdown(long blocks) {
        Unicorn.EVERYTHING.set(JAVA_LONG, control + StopStubs.CONTROL_COUNTDOWN, blocks);
    }

    /// Drops all translations of addresses; callable in a fill.
    public void flushTlb() {
        Unicorn.flushTlb(uc);
    }

    /// Drops all translated code of a frame, which no flush of the TLB does, and flushes the TLB;
    /// callable in a fill.
    ///
    /// The engine takes virtual addresses only and looks them up as a fetch. So the frame is shown
    /// to it in a window that exists during this call alone: the flush comes last, or guest code
    /// could read physical memory through what is left.
    public void removeTranslations(long paddr, long lengthBytes) {
        windowOpen = true;
        try {
            long start = WINDOW_VADDR + paddr;
            Unicorn.control(
                    "uc_ctl_remove_cache",
                    uc,
                    Unicorn.CTL_REMOVE_CACHE,
                    start,
                    start + lengthBytes);
        } finally {
            windowOpen = false;
        }
        flushTlb();
    }

    /// Drops all translated code. Never inside a callback: the table that leads from host code back
    /// to RIP goes with it.
    public void removeAllTranslations() {
        if (running) {
            throw new IllegalStateException("all translations dropped during a run");
        }
        Unicorn.control("uc_ctl_flush_tb", uc, Unicorn.CTL_FLUSH_TB, 0, 0);
        flushTlb();
    }

    /// Copies the guest's whole CPU state to a context, see [EngineLayout].
    public void saveContext(long contextAddress) {
        Unicorn.saveContext(uc, contextAddress);
    }

    /// Makes a context the guest's CPU state. Flushes nothing.
    public void restoreContext(long contextAddress) {
        Unicorn.restoreContext(uc, contextAddress);
    }

    /// Reads a register of at most 64 bits, see [UcRegister].
    public long readRegister(int register) {
        long scratch = control + StopStubs.CONTROL_SCRATCH;
        Unicorn.EVERYTHING.set(JAVA_LONG, scratch, 0);
        Unicorn.readRegister(uc, register, scratch);
        return Unicorn.EVERYTHING.get(JAVA_LONG, scratch);
    }

    /// Writes a register of at most 64 bits. Never RIP inside a callback.
    public void writeRegister(int register, long value) {
        long scratch = control + StopStubs.CONTROL_SCRATCH;
        Unicorn.EVERYTHING.set(JAVA_LONG, scratch, value);
        Unicorn.writeRegister(uc, register, scratch);
    }

    long handle() {
        return uc;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            try {
                if (uc != 0) {
                    Unicorn.close(uc);
                }
            } finally {
                uc = 0;
                EngineUpcalls.unregister(index);
                arena.close();
            }
        }
    }

    // What the upcalls ask, in the order of their frequency.

    boolean fill(long vaddr, int access, long entryAddress) {
        if (windowOpen && vaddr >= WINDOW_VADDR && vaddr < WINDOW_VADDR + ramBytes) {
            writeEntry(entryAddress, vaddr - WINDOW_VADDR, EngineCallbacks.GRANT_EXECUTE);
            return true;
        }
        if (portAccess || failure != null) {
            return false;
        }
        long answer = callbacks.fill(vaddr, access);
        if (answer < 0) {
            fillRefused = true;
            return false;
        }
        writeEntry(entryAddress, answer & ~GRANT_BITS, (int) (answer & GRANT_BITS));
        return true;
    }

    /// `struct uc_tlb_entry { uint64_t paddr; uc_prot perms; }`.
    private static void writeEntry(long entryAddress, long paddr, int grants) {
        Unicorn.EVERYTHING.set(JAVA_LONG, entryAddress, paddr);
        Unicorn.EVERYTHING.set(JAVA_INT, entryAddress + Long.BYTES, grants);
    }

    void block() {
        long left = countdown() - 1;
        setCountdown(left);
        if (left == 0) {
            Unicorn.stop(uc);
        }
    }

    void syscall() {
        Unicorn.EVERYTHING.set(JAVA_INT, control + StopStubs.CONTROL_SYSCALL, 1);
        Unicorn.stop(uc);
    }

    void instruction(long rip, int lengthBytes) {
        callbacks.instruction(rip, lengthBytes);
    }

    void cpuid() {
        int leaf = (int) readRegister(UcRegister.RAX);
        int subleaf = (int) readRegister(UcRegister.RCX);
        callbacks.cpuid(leaf, subleaf, cpuidRegisters);
        writeRegister(UcRegister.RAX, Integer.toUnsignedLong(cpuidRegisters[0]));
        writeRegister(UcRegister.RBX, Integer.toUnsignedLong(cpuidRegisters[1]));
        writeRegister(UcRegister.RCX, Integer.toUnsignedLong(cpuidRegisters[2]));
        writeRegister(UcRegister.RDX, Integer.toUnsignedLong(cpuidRegisters[3]));
    }

    void timeStamp() {
        long value = callbacks.timeStampCounter();
        writeRegister(UcRegister.RAX, value & 0xffff_ffffL);
        writeRegister(UcRegister.RDX, value >>> 32);
    }

    void timeStampAux() {
        timeStamp();
        writeRegister(UcRegister.RCX, Integer.toUnsignedLong(callbacks.timeStampAux()));
    }

    void interrupt(int vector) {
        interrupt = vector;
        Unicorn.stop(uc);
    }

    void invalidInstruction() {
        invalidInstruction = true;
        Unicorn.stop(uc);
    }

    /// The engine looks at a stop only behind a memory access or at a block's start. So the state
    /// is kept here, and every access until then is refused: the TLB is emptied and [#fill] says
    /// no.
    void portAccess(int newPort, int sizeBytes, boolean output) {
        if (portAccess) {
            return;
        }
        port = newPort;
        portBytes = sizeBytes;
        portIsOutput = output;
        long context = portContextAddress();
        Unicorn.saveContext(uc, context);
        // Inside a run the flags in the context are stale; reading the register computes them.
        long rflags = readRegister(UcRegister.EFLAGS) & 0xffff_ffffL;
        Unicorn.EVERYTHING.set(
                JAVA_LONG, context + EngineLayout.get().offsetOf(UcRegister.EFLAGS), rflags);
        portAccess = true;
        leaveBeforeNextAccess();
    }

    /// Parks what a callback threw until the run has ended: an exception that leaves an upcall
    /// would end the JVM.
    void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
        leaveBeforeNextAccess();
    }

    private void leaveBeforeNextAccess() {
        Unicorn.flushTlb(uc);
        Unicorn.stop(uc);
    }

    private long portContextAddress() {
        if (portContext == null) {
            throw new IllegalStateException("port access during the engine's self-test");
        }
        return portContext.address();
    }
}
