package org.mshareemu.tests.benchmark;

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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/// The kernel's side of a page fault: a frame, an entry, and both back again.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final long RIGHTS = Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D;

    @Param Checking checking = Checking.OFF;

    private final PhysicalMemory memory = PhysicalMemory.reserve(64L << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.OFF);
    private PageTables tables = new PageTables(memory, allocator, frames);
    private long root;
    private long vaddr;

    @Setup
    public void start() {
        allocator = new FrameAllocator(memory, frames, checking);
        tables = new PageTables(memory, allocator, frames);
        root = tables.allocRoot();
        tables.map(root, 0, Level.PTE, 0);
    }

    @TearDown
    public void close() {
        frames.close();
        memory.close();
    }

    @Benchmark
    public long allocateAndFree() {
        long pfn = allocator.allocate(FrameUse.ANON);
        allocator.put(pfn);
        return pfn;
    }

    @Benchmark
    public boolean mapOnePage() {
        vaddr = vaddr + PhysicalMemory.PAGE_SIZE & 511L * PhysicalMemory.PAGE_SIZE;
        return tables.map(root, vaddr, Level.PTE, Pte.make(77, RIGHTS));
    }

    @Benchmark
    public void copyFrame() {
        memory.copyFrame(100, 200);
    }

    /// A machine's memory from nothing to its first table, and away again.
    @Benchmark
    public long bootOneTebibyte() {
        try (PhysicalMemory large = PhysicalMemory.reserve(1L << 40);
                FrameTable largeFrames = FrameTable.reserve(large.frameCount())) {
            FrameAllocator largeAllocator = new FrameAllocator(large, largeFrames, checking);
            return new PageTables(large, largeAllocator, largeFrames).allocRoot();
        }
    }
}
