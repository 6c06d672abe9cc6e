package org.mshareemu.emulator.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class PageTableViewTest {
    private static final long CODE = Pte.P | Pte.US | Pte.A;
    private static final long DATA = Pte.P | Pte.RW | Pte.US | Pte.A | Pte.D | Pte.NX;

    private final PhysicalMemory memory = PhysicalMemory.reserve(16 << 20);
    private final FrameTable frames = FrameTable.reserve(memory.frameCount());
    private final FrameAllocator allocator = new FrameAllocator(memory, frames, Checking.ON);
    private final PageTables tables = new PageTables(memory, allocator, frames);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PageTableView view =
            new PageTableView(new PrintStream(bytes, true, StandardCharsets.UTF_8), memory, frames);

    @AfterEach
    void close() {
        frames.close();
        memory.close();
    }

    private static String frame(long pfn) {
        return "0x" + Long.toHexString(pfn);
    }

    private long tableAt(long root, long vaddr, Level level) {
        return Pte.pfn(tables.read(tables.findEntry(root, vaddr, level)));
    }

    @Test
    void equalNeighboursAreOneLine() {
        long root = tables.allocRoot();
        tables.map(root, 0x400000, Level.PTE, Pte.make(0x100, CODE));
        tables.map(root, 0x401000, Level.PTE, Pte.make(0x101, CODE));
        tables.map(root, 0x402000, Level.PTE, Pte.make(0x200, CODE));
        tables.map(root, 0x403000, Level.PTE, Pte.make(0x201, DATA));
        tables.map(root, 0x800000, Level.PMD, Pte.make(0x400, DATA | Pte.PS));
        view.draw("process 1 test", root);
        assertEquals(
                """
                process 1 test
                PGD frame %s
                  [000] 0x000000000000 PUD frame %s
                    [000] 0x000000000000 PMD frame %s
                      [002] 0x000000400000 PTE frame %s
                        0x000000400000-0x000000403000 r-xu a- 3 x 4K frames 0x100-0x101,0x200
                        0x000000403000-0x000000404000 rw-u ad 1 x 4K frame 0x201
                      0x000000800000-0x000000a00000 rw-u ad 1 x 2M frame 0x400
                """
                        .formatted(
                                frame(root >>> 12),
                                frame(tableAt(root, 0, Level.PGD)),
                                frame(tableAt(root, 0, Level.PUD)),
                                frame(tableAt(root, 0x400000, Level.PMD))),
                bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aSharedTableIsDrawnOnce() {
        long host = tables.allocRoot();
        long first = tables.allocRoot();
        long second = tables.allocRoot();
        tables.map(host, 1L << 39, Level.PTE, Pte.make(0x100, DATA));
        tables.linkTable(first, 4L << 39, Level.PGD, host, 1L << 39);
        tables.linkTable(second, 6L << 39, Level.PGD, host, 1L << 39);
        view.draw("process 1", first);
        view.draw("process 2", second);
        view.drawSharedTables();
        String shared = frame(tableAt(host, 1L << 39, Level.PGD));
        assertEquals(
                """
                process 1
                PGD frame %s
                  [004] 0x020000000000 => shared PUD table frame %s links 2
                process 2
                PGD frame %s
                  [006] 0x030000000000 => shared PUD table frame %s links 2
                shared PUD table frame %s links 2, addresses relative to its window
                  [000] 0x000000000000 PMD frame %s
                    [000] 0x000000000000 PTE frame %s
                      0x000000000000-0x000000001000 rw-u ad 1 x 4K frame 0x100
                """
                        .formatted(
                                frame(first >>> 12),
                                shared,
                                frame(second >>> 12),
                                shared,
                                shared,
                                frame(tableAt(host, 1L << 39, Level.PUD)),
                                frame(tableAt(host, 1L << 39, Level.PMD))),
                bytes.toString(StandardCharsets.UTF_8));
    }
}
