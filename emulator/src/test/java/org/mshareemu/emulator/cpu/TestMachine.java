package org.mshareemu.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.HexFormat;

/// vCPUs over real page tables, with a trap handler a test can replace and no kernel.
final class TestMachine implements AutoCloseable {
    static final long RW = Pte.P | Pte.US | Pte.RW | Pte.NX;
    static final long RO = Pte.P | Pte.US | Pte.NX;
    static final long RX = Pte.P | Pte.US;
    static final long RWX = Pte.P | Pte.US | Pte.RW;

    static final long CODE = 0x40_0000;
    static final long DATA = 0x60_0000;
    static final long STACK_PAGE = 0x7fff_ffff_e000L;
    static final long STACK_TOP = STACK_PAGE + 0x1000;

    final PhysicalMemory memory = PhysicalMemory.reserve(64L << 20);
    final FrameTable frames = FrameTable.reserve(memory.frameCount());
    final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.OFF);
    final PageTables tables = new PageTables(memory, allocator, frames);
    final long root = tables.allocRoot();
    final Cpus cpus;
    final Vcpu vcpu;
    final CpuState state = new CpuState();
    TrapHandler handler = (_, _) -> FaultOutcome.SIGNAL;
    long clock;
    @Nullable RuntimeException clockFailure;

    TestMachine() {
        this(CpuConfig.defaults());
    }

    TestMachine(CpuConfig config) {
        cpus =
                Cpus.open(
                        config, memory, frames, (v, e) -> handler.pageFault(v, e), this::readClock);
        vcpu = cpus.get(0);
    }

    private long readClock() {
        if (clockFailure != null) {
            throw clockFailure;
        }
        return clock;
    }

    /// Code at [#CODE] with a data page and a stack; RIP and RSP are set.
    static TestMachine withCode(String hex) {
        TestMachine machine = new TestMachine();
        machine.program(hex);
        return machine;
    }

    void program(String hex) {
        map(CODE, RX);
        code(CODE, hex);
        map(DATA, RW);
        map(STACK_PAGE, RW);
        state.set(Register.RIP, CODE);
        state.set(Register.RSP, STACK_TOP);
    }

    /// Maps a new frame; returns its number.
    long map(long vaddr, long flags) {
        long pfn = allocator.allocate(FrameUse.ANON);
        mapFrame(root, vaddr, pfn, flags);
        return pfn;
    }

    void mapFrame(long someRoot, long vaddr, long pfn, long flags) {
        tables.map(someRoot, vaddr, Level.PTE, Pte.make(pfn, flags));
    }

    void unmap(long vaddr) {
        tables.write(tables.findEntry(root, vaddr, Level.PTE), 0);
    }

    long paddr(long vaddr) {
        long entry = tables.read(tables.findEntry(root, vaddr, Level.PTE));
        return Pte.paddr(entry) + (vaddr & 0xfff);
    }

    /// Writes bytes as the kernel does: whoever holds translated code of the frame is told.
    void code(long vaddr, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (int i = 0; i < bytes.length; i++) {
            long paddr = paddr(vaddr + i);
            frames.noteHostWrite(paddr >>> 12);
            memory.writeByte(paddr, bytes[i]);
        }
    }

    VcpuExit run() {
        return vcpu.run(state, root);
    }

    VcpuExit runAt(long rip) {
        state.set(Register.RIP, rip);
        return run();
    }

    long get(Register register) {
        return state.get(register);
    }

    long readLong(long vaddr) {
        return memory.readLong(paddr(vaddr));
    }

    @Override
    public void close() {
        state.close();
        cpus.close();
        frames.close();
        memory.close();
    }
}
