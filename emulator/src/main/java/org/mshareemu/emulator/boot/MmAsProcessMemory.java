package org.mshareemu.emulator.boot;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.elf.ExecutedFile;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.mm.Mm;
import org.mshareemu.emulator.kernel.mm.MmContext;
import org.mshareemu.emulator.kernel.mm.MmCounters;
import org.mshareemu.emulator.kernel.mm.ProgramLayout;
import org.mshareemu.emulator.kernel.vfs.procfs.ProcessMemory;
import org.mshareemu.mmu.paging.Level;
import org.mshareemu.mmu.paging.PageTables;
import org.mshareemu.mmu.paging.Pte;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.FrameUse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An address space as procfs reads it.
final class MmAsProcessMemory implements ProcessMemory {
    private static final long PAGEMAP_PRESENT = 1L << 63;
    private static final long PAGEMAP_FILE = 1L << 61;

    /// Entries of the auxiliary vector are two words; more than this many are not believed.
    private static final int MAX_AUXV_ENTRIES = 64;

    private static final int WORD = 8;

    private final MmContext context;
    private final Mm mm;

    MmAsProcessMemory(MmContext context, Mm mm) {
        this.context = context;
        this.mm = mm;
    }

    @Override
    public AddressSpace space() {
        return mm;
    }

    @Override
    public UserMemory user() {
        return mm.memory();
    }

    @Override
    public MemorySizes sizes() {
        MmCounters counters = mm.counters();
        return new MemorySizes(
                counters.total(),
                counters.highestTotal(),
                counters.locked(),
                counters.data(),
                counters.exec(),
                counters.stack(),
                counters.residentAnon(),
                counters.residentFile(),
                counters.residentShmem(),
                counters.highestResident(),
                mm.tableFrames());
    }

    @Override
    public MemoryLayout layout() {
        ProgramLayout program = mm.program();
        return new MemoryLayout(
                program.startCode(),
                program.endCode(),
                program.startData(),
                program.endData(),
                program.startBrk(),
                mm.brk(),
                program.startStack(),
                program.argStart(),
                program.argEnd(),
                program.envStart(),
                program.envEnd());
    }

    /// The file itself, not the guard that keeps writers from it.
    @Override
    public @Nullable Mappable exeFile() {
        return mm.exeFile() instanceof ExecutedFile guarded ? guarded.file() : mm.exeFile();
    }

    /// Read from where exec put it: behind argv and envp on the stack.
    @Override
    public byte[] auxiliaryVector() {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        try {
            UserMemory memory = mm.memory();
            long at = mm.program().startStack();
            at = behindNull(memory, at + WORD * (memory.readLong(at) + 1));
            at = behindNull(memory, at);
            for (int i = 0; i < MAX_AUXV_ENTRIES; i++, at += 2 * WORD) {
                long type = memory.readLong(at);
                append(found, type);
                append(found, memory.readLong(at + WORD));
                if (type == 0) {
                    break;
                }
            }
        } catch (ErrnoException unreadable) {
            // The program has unmapped its first stack; what was read until here is all there is.
            return found.toByteArray();
        }
        return found.toByteArray();
    }

    private static long behindNull(UserMemory memory, long from) throws ErrnoException {
        long at = from;
        while (memory.readLong(at) != 0) {
            at += WORD;
        }
        return at + WORD;
    }

    private static void append(ByteArrayOutputStream out, long word) {
        out.writeBytes(
                ByteBuffer.allocate(WORD).order(ByteOrder.LITTLE_ENDIAN).putLong(word).array());
    }

    @Override
    public AreaUsage usage(VmArea area) {
        UsageSum sum = new UsageSum(context.frames());
        mm.pageTables()
                .forEachLeaf(
                        mm.root(),
                        area.start(),
                        area.end(),
                        (_, level, _, pte) -> sum.add(level, pte));
        return sum.usage();
    }

    @Override
    public long pagemapEntry(long vaddr) {
        PageTables tables = mm.pageTables();
        long entryPaddr = tables.findEntry(mm.root(), vaddr, Level.PTE);
        long pte = entryPaddr == PageTables.NONE ? 0 : tables.read(entryPaddr);
        if (!Pte.isPresent(pte)) {
            return 0;
        }
        long pfn = Pte.pfn(pte);
        boolean isFile = isFilePage(context.frames(), pfn);
        return PAGEMAP_PRESENT | (isFile ? PAGEMAP_FILE : 0) | pfn;
    }

    private static boolean isFilePage(FrameTable frames, long pfn) {
        FrameUse use = frames.use(pfn);
        return use == FrameUse.PAGE_CACHE || use == FrameUse.SHMEM;
    }

    /// Linux: smaps_account()
    private static final class UsageSum {
        private final FrameTable frames;
        private long sharedClean;
        private long sharedDirty;
        private long privateClean;
        private long privateDirty;
        private long referenced;
        private long anonymous;
        private long proportionalBytes;
        private long proportionalDirtyBytes;

        UsageSum(FrameTable frames) {
            this.frames = frames;
        }

        void add(Level level, long pte) {
            if (!Pte.isPresent(pte) || frames.mapCount(Pte.pfn(pte)) == 0) {
                return;
            }
            long pages = level.entrySpan() >>> 12;
            long pfn = Pte.pfn(pte);
            int mappings = frames.mapCount(pfn);
            boolean isDirty = Pte.isDirty(pte);
            long bytes = (pages << 12) / mappings;
            proportionalBytes += bytes;
            proportionalDirtyBytes += isDirty ? bytes : 0;
            referenced += Pte.isAccessed(pte) ? pages : 0;
            anonymous += isFilePage(frames, pfn) ? 0 : pages;
            if (mappings > 1) {
                sharedDirty += isDirty ? pages : 0;
                sharedClean += isDirty ? 0 : pages;
            } else {
                privateDirty += isDirty ? pages : 0;
                privateClean += isDirty ? 0 : pages;
            }
        }

        AreaUsage usage() {
            return new AreaUsage(
                    sharedClean,
                    sharedDirty,
                    privateClean,
                    privateDirty,
                    referenced,
                    anonymous,
                    proportionalBytes,
                    proportionalDirtyBytes);
        }
    }
}
