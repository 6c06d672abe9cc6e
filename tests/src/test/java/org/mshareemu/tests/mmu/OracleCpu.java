package org.mshareemu.tests.mmu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/// A processor whose MMU is not ours: real loads, stores and jumps of guest code through the
/// engine's own page walk.
///
/// The code of the accesses lies at [#STUB_PADDR] and is mapped at [#STUB_VADDR] by tables that the
/// user of this class leaves alone: PGD entry [#STUB_SLOT] of every root must be [#stubEntry()].
///
/// Each access starts from a saved CPU state, since the engine keeps the last page fault for ever
/// and would call the next one a double fault, and from an empty TLB, so that it really walks. It
/// ends with INT3, which is not kept.
final class OracleCpu implements AutoCloseable {
    static final long STUB_PADDR = 0x1000;
    static final int STUB_SLOT = 0x123;
    static final long STUB_VADDR = 0xffff_0000_0000_0000L | (long) STUB_SLOT << 39;

    /// Pages below are the stub's; tables and data are above.
    static final long FIRST_FREE_PADDR = 0x5000;

    static final int PAGE_FAULT = 14;
    static final int GENERAL_PROTECTION = 13;
    private static final int BREAKPOINT = 3;

    /// Code that a fetch may be sent to: `mov eax, imm32; int3`.
    static final int LANDING_BYTES = 6;

    /// What RAX holds when an access starts.
    static final long UNTOUCHED = 0x5555_aaaa_0000_ffffL;

    private static final int RAX = 35;
    private static final int RCX = 38;
    private static final int RDX = 40;
    private static final int RIP = 41;
    private static final int CR0 = 50;
    private static final int CR2 = 52;
    private static final int CR3 = 53;
    private static final int CR4 = 54;
    private static final int R11 = 109;
    private static final int MSR = 248;

    private static final int MSR_EFER = 0xc000_0080;
    private static final int MSR_STAR = 0xc000_0081;
    private static final long EFER_LONG_MODE_AND_SYSCALL = 0x501;
    private static final long CR0_PAGING_AND_PROTECTION = 0x8000_0001L;
    private static final long CR4_PAE = 1 << 5;

    // Offsets of the stubs: mov rax,[rcx]; int3 — mov [rcx],rdx; int3 — jmp rcx — sysretq — int3
    private static final int LOAD = 0x00;
    private static final int STORE = 0x10;
    private static final int JUMP = 0x20;
    private static final int SYSRET = 0x30;
    private static final int END = 0x40;
    private static final int ACCESS_BYTES = 4;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment scratch = arena.allocate(16, 16);
    private final PhysicalMemory memory;
    private final long engine;
    private final long initialContext;
    private final long scratchContext;
    private final List<Long> contexts = new ArrayList<>();
    private final long errorCodeOffset;
    private int vector;

    /// What an access came to.
    ///
    /// @param vector of the exception, or -1
    /// @param errorCode only with a page fault
    /// @param cr2 only with a page fault
    /// @param rax afterwards
    record Outcome(int vector, int errorCode, long cr2, long rax) {}

    OracleCpu(PhysicalMemory memory) {
        this.memory = memory;
        this.engine = EngineCalls.open();
        EngineCalls.control(engine, EngineCalls.CTL_TCG_BUFFER_SIZE, 64 << 20, 0);
        EngineCalls.control(engine, EngineCalls.CTL_EXITS_ENABLE, 1, 0);
        EngineCalls.control(engine, EngineCalls.CTL_SET_EXITS, 0, 0);
        EngineCalls.mapMemory(engine, memory.segment());
        EngineCalls.hookInterrupts(engine, interruptCallback());
        this.initialContext = EngineCalls.allocContext(engine);
        this.scratchContext = EngineCalls.allocContext(engine);
        EngineCalls.saveContext(engine, initialContext);
        writeStubs();
        this.errorCodeOffset = findErrorCode();
    }

    @Override
    public void close() {
        contexts.forEach(EngineCalls::freeContext);
        EngineCalls.freeContext(initialContext);
        EngineCalls.freeContext(scratchContext);
        EngineCalls.close(engine);
        arena.close();
    }

    private MemorySegment interruptCallback() {
        try {
            return EngineCalls.interruptCallback(
                    MethodHandles.lookup()
                            .bind(
                                    this,
                                    "interrupted",
                                    MethodType.methodType(
                                            void.class, long.class, int.class, long.class)),
                    arena);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unused") // called by the engine
    private void interrupted(long stoppedEngine, int newVector, long userData) {
        vector = newVector;
        EngineCalls.stop(stoppedEngine);
    }

    private void writeStubs() {
        code(LOAD, 0x48, 0x8b, 0x01, 0xcc);
        code(STORE, 0x48, 0x89, 0x11, 0xcc);
        code(JUMP, 0xff, 0xe1);
        code(SYSRET, 0x48, 0x0f, 0x07);
        code(END, 0xcc);
        // Tables of the stub, all bits set that a walk could set, so that it never changes them.
        long flags = Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D;
        memory.writeLong(0x2000, 0x3000 | flags);
        memory.writeLong(0x3000, 0x4000 | flags);
        memory.writeLong(0x4000, STUB_PADDR | flags);
    }

    private void code(int offset, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            memory.writeByte(STUB_PADDR + offset + i, (byte) bytes[i]);
        }
    }

    /// The PGD entry that makes the stubs reachable.
    static long stubEntry() {
        return 0x2000 | Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D;
    }

    /// A state from which accesses start: long mode with paging on, at privilege level 0 or 3.
    /// Returns its handle.
    long prepare(PagingControls controls, int access, long root) {
        long context = EngineCalls.allocContext(engine);
        contexts.add(context);
        EngineCalls.restoreContext(engine, initialContext);
        EngineCalls.control(engine, EngineCalls.CTL_FLUSH_TLB, 0, 0);
        writeMsr(MSR_EFER, EFER_LONG_MODE_AND_SYSCALL | controls.efer());
        writeMsr(MSR_STAR, 0x23L << 48 | 0x08L << 32);
        if ((access & PageFaultError.USER) != 0) {
            write(RCX, STUB_PADDR + END);
            write(R11, 0x2);
            run(STUB_PADDR + SYSRET);
            if (vector != BREAKPOINT || read(RIP) != STUB_PADDR + END + 1) {
                throw new AssertionError("SYSRET did not get through");
            }
        }
        write(CR4, CR4_PAE | read(CR4));
        write(CR3, root);
        write(CR0, CR0_PAGING_AND_PROTECTION | controls.cr0());
        write(RAX, UNTOUCHED);
        EngineCalls.saveContext(engine, context);
        return context;
    }

    /// Loads, stores or jumps at `vaddr`, which is aligned to 8 bytes; `value` is what is stored.
    Outcome access(long context, long vaddr, int access, long value) {
        EngineCalls.restoreContext(engine, context);
        EngineCalls.control(engine, EngineCalls.CTL_FLUSH_TLB, 0, 0);
        write(RCX, vaddr);
        write(RDX, value);
        boolean fetch = (access & PageFaultError.FETCH) != 0;
        int stub = fetch ? JUMP : (access & PageFaultError.WRITE) != 0 ? STORE : LOAD;
        run(STUB_VADDR + stub);
        long done = fetch ? vaddr + LANDING_BYTES : STUB_VADDR + stub + ACCESS_BYTES;
        if (vector == BREAKPOINT && read(RIP) == done) {
            return new Outcome(-1, 0, 0, read(RAX));
        }
        if (vector != PAGE_FAULT) {
            return new Outcome(vector, 0, 0, read(RAX));
        }
        return new Outcome(vector, errorCode(), read(CR2), read(RAX));
    }

    private void run(long rip) {
        vector = -1;
        int error = EngineCalls.start(engine, rip);
        if (error != 0) {
            throw new AssertionError(
                    "engine error " + error + " at 0x" + Long.toHexString(read(RIP)));
        }
    }

    private int errorCode() {
        EngineCalls.saveContext(engine, scratchContext);
        return MemorySegment.ofAddress(scratchContext)
                .reinterpret(errorCodeOffset + 4)
                .get(JAVA_INT, errorCodeOffset);
    }

    /// The engine does not hand out error codes, but keeps the last one in its CPU state: where
    /// four faults leave their codes.
    private long findErrorCode() {
        long root = FIRST_FREE_PADDR;
        memory.writeLong(root + STUB_SLOT * 8L, stubEntry());
        long size = EngineCalls.contextSize(engine);
        List<Long> candidates = new ArrayList<>();
        for (long offset = 0; offset + 4 <= size; offset += 4) {
            candidates.add(offset);
        }
        int[] accesses = {
            0,
            PageFaultError.WRITE,
            PageFaultError.USER,
            PageFaultError.USER | PageFaultError.WRITE,
            PageFaultError.USER | PageFaultError.FETCH
        };
        for (int access : accesses) {
            long context = prepare(PagingControls.LINUX, access, root);
            access(context, 0x1000, access, 0);
            if (vector != PAGE_FAULT) {
                throw new AssertionError("vector " + vector);
            }
            EngineCalls.saveContext(engine, scratchContext);
            MemorySegment state = MemorySegment.ofAddress(scratchContext).reinterpret(size);
            candidates.removeIf(offset -> state.get(JAVA_INT, offset) != access);
        }
        memory.writeLong(root + STUB_SLOT * 8L, 0);
        if (candidates.size() != 1) {
            throw new AssertionError("the error code is not to be found: " + candidates);
        }
        return candidates.getFirst();
    }

    private long read(int register) {
        scratch.set(JAVA_LONG, 0, 0);
        EngineCalls.readRegister(engine, register, scratch);
        return scratch.get(JAVA_LONG, 0);
    }

    private void write(int register, long value) {
        scratch.set(JAVA_LONG, 0, value);
        EngineCalls.writeRegister(engine, register, scratch);
    }

    /// `struct uc_x86_msr { uint32_t rid; uint64_t value; }`
    private void writeMsr(int number, long value) {
        scratch.set(JAVA_INT, 0, number);
        scratch.set(JAVA_LONG, 8, value);
        EngineCalls.writeRegister(engine, MSR, scratch);
    }
}
