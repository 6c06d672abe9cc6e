package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.PageSource;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbBatch;
import org.mshareemu.mmu.tlb.TlbInvalidator;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What all address spaces of a machine share: memory, tables, the flush, limits, and the list of
/// the spaces themselves.
///
/// Linux: the globals of mm/
public final class MmContext implements AutoCloseable {
    /// A private page that only one entry maps and no other process can reach: it may be written
    /// without copying. Linux: PG_anon_exclusive
    static final int ANON_EXCLUSIVE = FrameTable.KERNEL_FLAG_FIRST;

    private final PhysicalMemory memory;
    private final FrameAllocator allocator;
    private final FrameTable frames;
    private final PageTables tables;
    private final PageWalker walker;
    private final TlbBatch batch;
    private final RandomGenerator random;
    private final CommitAccount commit;
    private final List<Mm> spaces = new ArrayList<>();

    /// Mapped wherever private memory is read before it is written. Linux: empty_zero_page
    private final long zeroFrame;

    private long minAddress = 65536;
    private int maxMapCount = 65530;
    private long lastInodeNumber = 1024;

    /// @param invalidator who is to flush
    /// @param random the machine's seeded source, for randomised layouts
    public MmContext(
            PhysicalMemory memory,
            FrameAllocator allocator,
            FrameTable frames,
            PageTables tables,
            TlbInvalidator invalidator,
            RandomGenerator random) {
        this.memory = memory;
        this.allocator = allocator;
        this.frames = frames;
        this.tables = tables;
        this.walker = new PageWalker(memory, PagingControls.LINUX);
        this.batch = new TlbBatch(invalidator, allocator::put);
        this.random = random;
        this.commit = new CommitAccount(allocator.totalFrames());
        this.zeroFrame = allocator.allocate(FrameUse.KERNEL);
        if (zeroFrame == FrameAllocator.NO_FRAME) {
            throw new KernelBug("no memory for the zero page");
        }
    }

    /// Gives the zero page back; no address space may be left.
    @Override
    public void close() {
        if (!spaces.isEmpty()) {
            throw new KernelBug(spaces.size() + " address spaces left, first " + spaces.getFirst());
        }
        batch.assertFinished();
        allocator.put(zeroFrame);
    }

    public PhysicalMemory memory() {
        return memory;
    }

    public FrameAllocator allocator() {
        return allocator;
    }

    public FrameTable frames() {
        return frames;
    }

    public PageTables tables() {
        return tables;
    }

    /// The machine's one batch; nested use is fine.
    public TlbBatch batch() {
        return batch;
    }

    /// What is promised, and whether more may be.
    public CommitAccount commit() {
        return commit;
    }

    /// Every address space that has not been destroyed, oldest first.
    public List<Mm> spaces() {
        return spaces;
    }

    /// A page cache over this machine's frames.
    public PageCache newPageCache(PageSource source) {
        return new PageCache(allocator, frames, memory, source);
    }

    /// Linux: sysctl_max_map_count
    public int maxMapCount() {
        return maxMapCount;
    }

    public void setMaxMapCount(int count) {
        maxMapCount = count;
    }

    /// Linux: mmap_min_addr
    public long minAddress() {
        return minAddress;
    }

    public void setMinAddress(long address) {
        minAddress = address;
    }

    /// The zero page.
    public long zeroFrame() {
        return zeroFrame;
    }

    PageWalker walker() {
        return walker;
    }

    RandomGenerator random() {
        return random;
    }

    /// Linux: get_next_ino() of the kernel-internal tmpfs
    long nextInodeNumber() {
        return ++lastInodeNumber;
    }
}
