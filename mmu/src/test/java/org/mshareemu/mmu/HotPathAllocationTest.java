package org.mshareemu.mmu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.paging.LeafVisitor;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbBatch;
import org.mshareemu.mmu.tlb.TlbInvalidator;

import java.lang.management.ManagementFactory;
import java.util.function.LongUnaryOperator;

/// What runs on every fill, fault or unmapped page leaves no garbage.
final class HotPathAllocationTest {
    private static final int RUNS = 200_000;

    /// Far less than one byte per run, yet room for the runtime's own few objects.
    private static final long ALLOWED_BYTES = 16_384;

    private final PhysicalMemory memory = PhysicalMemory.reserve(64L << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    private final PageTables tables = new PageTables(memory, allocator, frames);
    private final PageWalker walker = new PageWalker(memory, PagingControls.LINUX);
    private final long root = tables.allocRoot();
    private long sum;

    HotPathAllocationTest() {
        for (long vaddr = 0; vaddr < 512 * 4096; vaddr += 4096) {
            tables.map(root, vaddr, Level.PTE, Pte.make(100, Pte.P | Pte.RW | Pte.US));
        }
    }

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    @Test
    void walkThatHitsOrFaults() {
        check(i ->
                walker.walk(root, i << 12 & 0x1f_f000, PageFaultError.WRITE | PageFaultError.USER));
        check(i -> walker.walk(root, 1L << 40, PageFaultError.USER));
        check(i -> walker.peek(root, i << 12 & 0x1f_f000, 0));
    }

    @Test
    void entriesFoundReadAndWritten() {
        check(i -> {
            long entryPaddr = tables.findEntry(root, i << 12 & 0x1f_f000, Level.PTE);
            tables.write(entryPaddr, Pte.withoutAccessed(tables.read(entryPaddr)));
            return tables.allocEntry(root, i << 12 & 0x1f_f000, Level.PTE);
        });
    }

    @Test
    void leavesVisited() {
        LeafVisitor visitor = (vaddr, _, _, _) -> sum += vaddr;
        check(i -> {
            tables.forEachLeaf(root, 0x1000, 0x5000, visitor);
            return sum;
        });
    }

    @Test
    void framesAllocatedCopiedAndFreed() {
        check(i -> {
            long pfn = allocator.allocate(FrameUse.ANON);
            memory.copyFrame(100, pfn);
            allocator.get(pfn);
            allocator.put(pfn);
            allocator.put(pfn);
            return pfn;
        });
    }

    @Test
    void guestBytesCopied() {
        byte[] buffer = new byte[100];
        check(i -> {
            memory.copyFromArray(0x2345, buffer, 0, 100);
            memory.copyToArray(0x2345, buffer, 0, 100);
            return buffer[99];
        });
    }

    @Test
    void framesUnmappedInABatch() {
        TlbInvalidator invalidator =
                new TlbInvalidator() {
                    @Override
                    public void flushAddressSpace(long flushedRoot) {
                        sum += flushedRoot;
                    }

                    @Override
                    public void flushAll() {
                        sum++;
                    }
                };
        TlbBatch batch = new TlbBatch(invalidator, allocator::put);
        check(i -> {
            batch.begin(root);
            batch.removeFrame(allocator.allocate(FrameUse.ANON));
            batch.removeFrame(allocator.allocate(FrameUse.ANON));
            batch.finish();
            return i;
        });
    }

    private void check(LongUnaryOperator operation) {
        repeat(operation);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(operation);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ALLOWED_BYTES, () -> allocated + " bytes in " + RUNS + " runs");
    }

    private void repeat(LongUnaryOperator operation) {
        for (long i = 0; i < RUNS; i++) {
            sum += operation.applyAsLong(i);
        }
    }
}
