package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.cred.ResourceLimits;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.phys.Checking;
import org.mshareemu.mmu.phys.FrameAllocator;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A machine's memory without CPUs. Closing it proves that nothing leaked and that no translation
/// was left in a TLB that should have been flushed.
final class MmFixture implements AutoCloseable {
    static final int RW = Mman.PROT_READ | Mman.PROT_WRITE;
    static final int PRIVATE = Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS;
    static final int SHARED = Mman.MAP_SHARED | Mman.MAP_ANONYMOUS;
    static final int FIXED = PRIVATE | Mman.MAP_FIXED;

    final PhysicalMemory memory;
    final FrameTable frames;
    final FrameAllocator allocator;
    final PageTables tables;
    final TlbModel tlb;
    final MmContext context;
    final ResourceLimits limits = new ResourceLimits();
    Credentials credentials = Credentials.ROOT;
    private final long framesAtStart;

    MmFixture() {
        this(4096);
    }

    MmFixture(int frameCount) {
        memory = PhysicalMemory.reserve((long) frameCount << 12);
        frames = FrameTable.reserve(frameCount);
        allocator = new FrameAllocator(memory, frames, Checking.ON);
        tables = new PageTables(memory, allocator, frames);
        tlb = new TlbModel(memory);
        context = new MmContext(memory, allocator, frames, tables, tlb, new Random(1));
        framesAtStart = allocator.usedFrames();
    }

    Mm newMm() throws ErrnoException {
        Mm mm = Mm.create(context);
        mm.actFor(credentials, limits);
        return mm;
    }

    MmapRequest request(
            long vaddr, long length, int prot, int flags, @Nullable Mappable file, long offset) {
        return new MmapRequest(vaddr, length, prot, flags, file, offset, 0, credentials, limits);
    }

    /// Anonymous memory.
    long mmap(Mm mm, long vaddr, long length, int prot, int flags) throws ErrnoException {
        return mm.mmapAndPopulate(request(vaddr, length, prot, flags, null, 0));
    }

    long mmapFile(Mm mm, long vaddr, long length, int prot, int flags, Mappable file, long offset)
            throws ErrnoException {
        return mm.mmapAndPopulate(request(vaddr, length, prot, flags, file, offset));
    }

    /// The areas as lines: start-end rights, addresses relative to `base` in pages.
    static List<String> areas(Mm mm, long base) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < mm.areaCount(); i++) {
            VmArea area = mm.areaAt(i);
            String text = area.toString();
            String rights = text.substring(text.indexOf(' ') + 1, text.indexOf(' ') + 5);
            lines.add(
                    "%d-%d %s"
                            .formatted(
                                    (area.start() - base) >> 12,
                                    (area.end() - base) >> 12,
                                    rights));
        }
        return lines;
    }

    /// What errno an operation ends with; "ok" if none.
    static String errnoOf(Operation operation) {
        try {
            operation.run();
            return "ok";
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    /// Anything that may fail as a system call does.
    interface Operation {
        void run() throws ErrnoException;
    }

    void check() {
        MmCheck.verify(context);
        tlb.verify();
    }

    @Override
    public void close() {
        check();
        // Youngest first: a region's tables may go only after the spaces that link them.
        for (Mm mm : List.copyOf(context.spaces()).reversed()) {
            mm.destroy();
        }
        check();
        assertEquals(framesAtStart, allocator.usedFrames(), "frames in use after the last mm");
        assertEquals(0, context.commit().committedPages(), "pages promised after the last mm");
        context.close();
        frames.close();
        memory.close();
    }
}
