package org.mshareemu.emulator.observe;

import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Draws page tables as text, read from physical memory: a line per table, a line per run of leaf entries with equal flags.
///
///     PGD frame 0x21
///       [000] PUD frame 0x22
///         [000] PMD frame 0x23
///           [002] PTE frame 0x24
///             0x000000400000-0x000000401000 r--u a-     1 x 4K frame 0x25
///       [004] => shared PUD table frame 0x40 links 2
///
/// A table that other roots link to is drawn once, at the end, however many roots point to it.
public final class PageTableView {
    private final PrintStream out;
    private final PhysicalMemory memory;
    private final FrameTable frames;
    private final Set<Long> sharedSeen = new HashSet<>();
    private final List<SharedTable> sharedToDraw = new ArrayList<>();

    /// A linked table found on the way.
    private record SharedTable(long pfn, Level level) {}

    /// @param out where the lines go
    /// @param memory of the machine
    /// @param frames of the machine
    public PageTableView(PrintStream out, PhysicalMemory memory, FrameTable frames) {
        this.out = out;
        this.memory = memory;
        this.frames = frames;
    }

    /// Draws the tables of one root under a heading.
    public void draw(String heading, long root) {
        out.print(heading + "\n");
        out.print("PGD frame " + hex(root >>> 12) + "\n");
        new Table(root >>> 12, Level.PGD, 0, "  ").draw();
    }

    /// Draws the linked tables met so far, each once, with offsets from where they begin for
    /// addresses.
    public void drawSharedTables() {
        for (int i = 0; i < sharedToDraw.size(); i++) {
            SharedTable table = sharedToDraw.get(i);
            out.print(
                    "shared "
                            + table.level
                            + " table frame "
                            + hex(table.pfn)
                            + " links "
                            + frames.shareCount(table.pfn)
                            + ", addresses relative to its window\n");
            new Table(table.pfn, table.level, 0, "  ").draw();
        }
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static String address(long vaddr) {
        String digits = Long.toHexString(vaddr & 0xffff_ffff_ffffL);
        return "0x" + "0".repeat(12 - digits.length()) + digits;
    }

    private static String index(int index) {
        String digits = Integer.toString(index);
        return "[" + "0".repeat(3 - digits.length()) + digits + "]";
    }

    /// What an entry allows and has seen: `rwxu ad` with a dash for each thing missing.
    static String flags(long entry) {
        StringBuilder text = new StringBuilder(12);
        text.append(Pte.isPresent(entry) ? 'r' : '-');
        text.append(Pte.isWritable(entry) ? 'w' : '-');
        text.append(Pte.isNoExecute(entry) ? '-' : 'x');
        text.append(Pte.isUser(entry) ? 'u' : 's');
        text.append(' ');
        text.append(Pte.isAccessed(entry) ? 'a' : '-');
        text.append(Pte.isDirty(entry) ? 'd' : '-');
        return text.toString();
    }

    private static String size(Level level) {
        return switch (level) {
            case PGD -> "512G";
            case PUD -> "1G";
            case PMD -> "2M";
            case PTE -> "4K";
        };
    }

    /// One table being drawn, with the run of equal leaf entries collected so far.
    private final class Table {
        private final long pfn;
        private final Level level;
        private final long start;
        private final String indent;

        private long runStart;
        private int runLength;
        private long runKey;
        private long runEntry;
        private final StringBuilder runFrames = new StringBuilder();
        private long firstFrame = -1;
        private long lastFrame = -1;

        Table(long pfn, Level level, long start, String indent) {
            this.pfn = pfn;
            this.level = level;
            this.start = start;
            this.indent = indent;
        }

        void draw() {
            for (int i = 0; i < Level.ENTRIES; i++) {
                long entry = memory.readLong((pfn << 12) + i * 8L);
                long vaddr = start + i * level.entrySpan();
                if (Pte.isEmpty(entry)) {
                    endRun();
                } else if (Pte.isPresent(entry) && !Pte.isLeaf(entry, level)) {
                    endRun();
                    table(i, vaddr, entry);
                } else {
                    leaf(vaddr, entry);
                }
            }
            endRun();
        }

        private void table(int i, long vaddr, long entry) {
            long below = Pte.pfn(entry);
            Level levelBelow = level.below();
            int links = frames.shareCount(below);
            if (links > 0) {
                out.print(
                        indent
                                + index(i)
                                + " "
                                + address(vaddr)
                                + " => shared "
                                + levelBelow
                                + " table frame "
                                + hex(below)
                                + " links "
                                + links
                                + "\n");
                if (sharedSeen.add(below)) {
                    sharedToDraw.add(new SharedTable(below, levelBelow));
                }
                return;
            }
            out.print(
                    indent
                            + index(i)
                            + " "
                            + address(vaddr)
                            + " "
                            + levelBelow
                            + " frame "
                            + hex(below)
                            + "\n");
            new Table(below, levelBelow, vaddr, indent + "  ").draw();
        }

        private void leaf(long vaddr, long entry) {
            long key = Pte.isMapped(entry) ? Pte.flags(entry) : entry & 1;
            if (runLength > 0
                    && (key != runKey || vaddr != runStart + runLength * level.entrySpan())) {
                endRun();
            }
            if (runLength == 0) {
                runStart = vaddr;
                runKey = key;
                runEntry = entry;
            }
            runLength++;
            if (Pte.isMapped(entry)) {
                addFrame(Pte.leafPaddr(entry, level) >>> 12, level.entrySpan() >>> 12);
            }
        }

        private void addFrame(long frame, long span) {
            if (frame == lastFrame + span) {
                lastFrame = frame;
                return;
            }
            endFrames();
            firstFrame = frame;
            lastFrame = frame;
        }

        private void endFrames() {
            if (firstFrame >= 0) {
                runFrames.append(runFrames.isEmpty() ? "" : ",").append(hex(firstFrame));
                runFrames.append(lastFrame == firstFrame ? "" : "-" + hex(lastFrame));
            }
            firstFrame = -1;
            lastFrame = -1;
        }

        private void endRun() {
            if (runLength == 0) {
                return;
            }
            endFrames();
            long end = runStart + runLength * level.entrySpan();
            out.print(indent + address(runStart) + "-" + address(end) + " " + describe() + "\n");
            runLength = 0;
            runFrames.setLength(0);
        }

        private String describe() {
            String count = runLength + " x " + size(level);
            if (!Pte.isMapped(runEntry)) {
                return (Pte.isSwap(runEntry) ? "swapped out  " : "not present  ") + count;
            }
            String rights = Pte.isProtNone(runEntry) ? "none    " : flags(runEntry) + " ";
            return rights
                    + count
                    + (runFrames.indexOf(",") < 0 && runLength == 1 ? " frame " : " frames ")
                    + runFrames;
        }
    }
}
