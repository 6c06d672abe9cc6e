package org.mshareemu.tests.benchmark;

import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/// The walk behind every TLB miss: over 512 pages of one table, whose accessed and dirty bits are
/// set.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PageWalkBenchmark {
    private static final long TABLE = 0x4000;
    private static final int ENTRIES = 512;
    private static final long RIGHTS = Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D;
    private static final int WRITE = PageFaultError.WRITE | PageFaultError.USER;

    private final PhysicalMemory memory = PhysicalMemory.reserve(8L << 20);
    private final PageWalker walker = new PageWalker(memory, PagingControls.LINUX);
    private long vaddr;

    @Setup
    public void buildTables() {
        for (long table = 0x1000; table < TABLE; table += PhysicalMemory.PAGE_SIZE) {
            memory.writeLong(table, table + PhysicalMemory.PAGE_SIZE | RIGHTS);
        }
        for (int i = 0; i < ENTRIES; i++) {
            memory.writeLong(TABLE + i * 8L, Pte.make(16 + i, RIGHTS));
        }
    }

    @TearDown
    public void close() {
        memory.close();
    }

    @Benchmark
    public long hit() {
        vaddr = vaddr + PhysicalMemory.PAGE_SIZE & (ENTRIES - 1L) * PhysicalMemory.PAGE_SIZE;
        return walker.walk(0x1000, vaddr, WRITE);
    }

    /// The first write to a page: its leaf is written back with accessed and dirty set.
    @Benchmark
    public long firstWrite() {
        vaddr = vaddr + PhysicalMemory.PAGE_SIZE & (ENTRIES - 1L) * PhysicalMemory.PAGE_SIZE;
        long entryPaddr = TABLE + (vaddr >>> 9);
        memory.writeLong(entryPaddr, memory.readLong(entryPaddr) & ~(Pte.A | Pte.D));
        return walker.walk(0x1000, vaddr, WRITE);
    }

    @Benchmark
    public long peek() {
        vaddr = vaddr + PhysicalMemory.PAGE_SIZE & (ENTRIES - 1L) * PhysicalMemory.PAGE_SIZE;
        return walker.peek(0x1000, vaddr, 0);
    }

    @Benchmark
    public long miss() {
        return walker.walk(0x1000, 1L << 40, WRITE);
    }
}
