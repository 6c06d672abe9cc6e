package org.mshareemu.emulator.observe;

import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the frames that page tables take: those of each root, those that several roots share, and
/// those that would be needed if every root had copies of its own instead.
public final class TableCensus {
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final List<Root> roots = new ArrayList<>();

    /// Shared tables met so far, with all tables below them.
    private final Map<Long, Long> sharedSizes = new LinkedHashMap<>();

    /// What one root has.
    ///
    /// @param name whose it is
    /// @param ownTables frames of tables that are its own, the PGD included
    /// @param sharedTables frames of tables it reaches through links
    /// @param topEntries its present PGD entries
    public record Root(String name, long ownTables, long sharedTables, List<TopEntry> topEntries) {}

    /// A present entry of a PGD.
    ///
    /// @param slot index in the table
    /// @param entry the entry itself
    /// @param pfn frame of the PUD table it points to
    /// @param links how many other roots' entries point to that table; 0 = it is not shared
    public record TopEntry(int slot, long entry, long pfn, int links) {
        /// First address the entry serves.
        public long vaddr() {
            return (long) slot << Level.PGD.shift();
        }
    }

    /// A census of nothing yet.
    public TableCensus(PhysicalMemory memory, FrameTable frames) {
        this.memory = memory;
        this.frames = frames;
    }

    /// Counts one root.
    public Root add(String name, long rootPaddr) {
        List<TopEntry> top = new ArrayList<>();
        long own = 1;
        long shared = 0;
        for (int slot = 0; slot < Level.ENTRIES; slot++) {
            long entry = memory.readLong(rootPaddr + slot * 8L);
            if (!Pte.isPresent(entry)) {
                continue;
            }
            long pfn = Pte.pfn(entry);
            int links = frames.shareCount(pfn);
            top.add(new TopEntry(slot, entry, pfn, links));
            long size = count(pfn, Level.PUD);
            if (links > 0) {
                shared += size;
                sharedSizes.put(pfn, size);
            } else {
                own += size;
            }
        }
        Root root = new Root(name, own, shared, List.copyOf(top));
        roots.add(root);
        return root;
    }

    /// Tables of the subtree, its top included. Links below the top level are counted where they
    /// are met.
    private long count(long pfn, Level level) {
        long sum = 1;
        if (level != Level.PTE) {
            for (int i = 0; i < Level.ENTRIES; i++) {
                long entry = memory.readLong((pfn << 12) + i * 8L);
                if (Pte.isPresent(entry) && !Pte.isLeaf(entry, level)) {
                    sum += count(Pte.pfn(entry), level.below());
                }
            }
        }
        return sum;
    }

    /// The roots counted, in the order given.
    public List<Root> roots() {
        return List.copyOf(roots);
    }

    /// Frames of shared tables, each counted once.
    public long sharedTables() {
        long sum = 0;
        for (long size : sharedSizes.values()) {
            sum += size;
        }
        return sum;
    }

    /// Frames of all tables as they are.
    public long tablesWithSharing() {
        long sum = sharedTables();
        for (Root root : roots) {
            sum += root.ownTables;
        }
        return sum;
    }

    /// Frames of all tables if each root had its own copy of what it shares.
    public long tablesWithoutSharing() {
        long sum = 0;
        for (Root root : roots) {
            sum += root.ownTables + root.sharedTables;
        }
        return sum;
    }
}
