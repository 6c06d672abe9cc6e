package org.mshareemu.mmu.tlb;

import org.mshareemu.mmu.paging.FreedTableSink;
import org.mshareemu.mmu.phys.MmuBug;

import java.util.Arrays;

/// Collects what leaves the page tables, flushes once, and only then lets go of it.
///
/// Linux: struct mmu_gather
///
///     batch.begin(root);
///     … clear entries, batch.removeFrame(pfn) for each, tables.freeTables(…, batch) …
///     batch.finish();
///
/// One batch is reused for ever. `begin` may nest: only the outermost `finish` flushes. Nested batches of different roots end in
/// a flush of everything. A batch that holds many frames flushes in between, so its memory stays small.
public final class TlbBatch implements FreedTableSink, AutoCloseable {
    /// Frames and tables held before a flush is forced. Linux: MAX_GATHER_BATCH
    private static final int LIMIT = 1 << 14;

    private static final int FIRST_CAPACITY = 64;

    private final TlbInvalidator invalidator;
    private final FrameReleaser releaser;

    /// Frames and tables, both by pfn, in the order they left.
    private long[] held = new long[FIRST_CAPACITY];

    private int heldCount;
    private int depth;
    private long root;
    private boolean flushNeeded;
    private boolean flushesAll;

    /// `releaser` is usually the allocator's `put`.
    public TlbBatch(TlbInvalidator invalidator, FrameReleaser releaser) {
        this.invalidator = invalidator;
        this.releaser = releaser;
    }

    /// Starts to collect for one address space. Linux: tlb_gather_mmu()
    public void begin(long newRoot) {
        if (depth++ == 0) {
            root = newRoot;
            flushesAll = false;
        } else if (root != newRoot) {
            flushesAll = true;
        }
    }

    /// Starts to collect for tables that many address spaces reach: the flush is one of all CPUs.
    public void beginAll() {
        depth++;
        flushesAll = true;
    }

    /// An entry with this frame was cleared; its reference is dropped after the flush. Linux:
    /// tlb_remove_page()
    public void removeFrame(long pfn) {
        hold(pfn);
    }

    /// No entry points to this table any more; it is freed after the flush. Linux:
    /// tlb_remove_table()
    public void removeTable(long tablePfn) {
        hold(tablePfn);
    }

    @Override
    public void tableFreed(long tablePfn) {
        removeTable(tablePfn);
    }

    /// An entry lost a right, its dirty bit or its frame, or a table was unlinked: a flush is
    /// needed though nothing is freed.
    public void noteDowngrade() {
        checkOpen();
        flushNeeded = true;
    }

    /// Flushes if needed, then lets go of everything held. Linux: tlb_finish_mmu()
    public void finish() {
        checkOpen();
        if (--depth == 0) {
            flushHeld();
        }
    }

    /// The same as [#finish()], for try-with-resources.
    @Override
    public void close() {
        finish();
    }

    /// Between kernel entries nothing may be left collected.
    public void assertFinished() {
        if (depth != 0 || heldCount != 0 || flushNeeded) {
            throw new MmuBug(
                    "TLB batch not finished: depth " + depth + ", " + heldCount + " frames held");
        }
    }

    private void hold(long pfn) {
        checkOpen();
        flushNeeded = true;
        if (heldCount == held.length) {
            held = Arrays.copyOf(held, heldCount * 2);
        }
        held[heldCount++] = pfn;
        if (heldCount == LIMIT) {
            flushHeld();
        }
    }

    private void flushHeld() {
        if (flushNeeded) {
            flushNeeded = false;
            if (flushesAll) {
                invalidator.flushAll();
            } else {
                invalidator.flushAddressSpace(root);
            }
        }
        int count = heldCount;
        heldCount = 0;
        for (int i = 0; i < count; i++) {
            releaser.release(held[i]);
        }
    }

    private void checkOpen() {
        if (depth == 0) {
            throw new MmuBug("TLB batch used outside begin and finish");
        }
    }
}
