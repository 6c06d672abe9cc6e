package org.mshareemu.tests.benchmark;

import org.mshareemu.emulator.cpu.CpuConfig;
import org.mshareemu.emulator.cpu.CpuState;
import org.mshareemu.emulator.cpu.Cpus;
import org.mshareemu.emulator.cpu.FaultOutcome;
import org.mshareemu.emulator.cpu.Register;
import org.mshareemu.emulator.cpu.Vcpu;
import org.mshareemu.emulator.cpu.VcpuExit;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// What it costs to leave guest code and come back, for each of the reasons that are frequent.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VcpuBenchmark {
    private static final long CODE = 0x40_0000;
    private static final long DATA = 0x1000_0000;
    private static final int PAGES = 200;

    // syscall; jmp back
    private static final String SYSCALL_LOOP = "0f05 ebfc";

    // mov rax, DATA; mov ecx, PAGES; again: mov rbx, [rax]; add rax, 4096; dec ecx; jnz again;
    // syscall
    private static final String TOUCH =
            "48b80000001000000000 b9c8000000 488b18 480500100000 ffc9 75f3 0f05";
    private static final long TOUCH_AT = CODE + 0x100;

    // mov rax, [0]
    private static final String FAULT = "488b042500000000";
    private static final long FAULT_AT = CODE + 0x200;

    private final PhysicalMemory memory = PhysicalMemory.reserve(64L << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.OFF);
    private final PageTables tables = new PageTables(memory, allocator, frames);
    private final long root = tables.allocRoot();
    private final Cpus cpus =
            Cpus.open(CpuConfig.defaults(), memory, frames, (_, _) -> FaultOutcome.SIGNAL, () -> 0);
    private final Vcpu vcpu = cpus.get(0);
    private final CpuState state = new CpuState();

    @Setup
    public void map() {
        long code = allocator.allocate(FrameUse.ANON);
        tables.map(root, CODE, Level.PTE, Pte.make(code, Pte.P | Pte.US));
        write(code << 12, SYSCALL_LOOP);
        write((code << 12) + TOUCH_AT - CODE, TOUCH);
        write((code << 12) + FAULT_AT - CODE, FAULT);
        for (int i = 0; i < PAGES; i++) {
            long pfn = allocator.allocate(FrameUse.ANON);
            tables.map(root, DATA + i * 4096L, Level.PTE, Pte.make(pfn, Pte.P | Pte.US | Pte.NX));
        }
        state.set(Register.RIP, CODE);
    }

    private void write(long paddr, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        memory.copyFromArray(paddr, bytes, 0, bytes.length);
    }

    @TearDown
    public void close() {
        state.close();
        cpus.close();
        frames.close();
        memory.close();
    }

    /// Leave for a system call and come back.
    @Benchmark
    public VcpuExit syscall() {
        return vcpu.run(state, root);
    }

    /// The same with another address space loaded in between.
    @Benchmark
    public VcpuExit syscallAfterFlush() {
        cpus.flushAll();
        return vcpu.run(state, root);
    }

    /// A TLB miss that the walk resolves.
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public VcpuExit fill() {
        cpus.flushAll();
        state.set(Register.RIP, TOUCH_AT);
        return vcpu.run(state, root);
    }

    /// A TLB hit, to be taken off the one above.
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public VcpuExit hit() {
        state.set(Register.RIP, TOUCH_AT);
        return vcpu.run(state, root);
    }

    /// A page fault that ends the run.
    @Benchmark
    public VcpuExit fault() {
        state.set(Register.RIP, FAULT_AT);
        return vcpu.run(state, root);
    }
}
