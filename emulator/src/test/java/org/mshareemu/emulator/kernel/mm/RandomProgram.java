package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// One random program and its model: for each process a map from page to what is there.
final class RandomProgram {
    private static final long BASE = 0x1_0000_0000L;
    private static final int WINDOW_PAGES = 96;
    private static final long FILE_BYTES = 24L << 12;

    final Random random;
    boolean toleratesNoMemory;
    int failures;
    private final MmFixture machine;
    private final List<GuestProcess> processes = new ArrayList<>();
    private final List<TestFile> files = new ArrayList<>();
    private final Map<TestFile, Map<Long, Integer>> fileContents = new HashMap<>();
    private int lastValue;

    private static final class GuestProcess {
        final Mm mm;
        final TreeMap<Long, Page> pages = new TreeMap<>();

        GuestProcess(Mm mm) {
            this.mm = mm;
        }
    }

    /// What the model knows of a page: rights, and where its one int comes from.
    private static final class Page {
        int prot;
        boolean isShared;
        @Nullable Map<Long, Integer> object;
        long index;
        @Nullable Integer own;
        boolean isFile;

        Page copy() {
            Page copy = new Page();
            copy.prot = prot;
            copy.isShared = isShared;
            copy.object = object;
            copy.index = index;
            copy.own = own;
            copy.isFile = isFile;
            return copy;
        }

        int value() {
            if (own != null) {
                return own;
            }
            return object == null ? 0 : object.getOrDefault(index, 0);
        }
    }

    RandomProgram(MmFixture machine, long seed) {
        this.machine = machine;
        this.random = new Random(seed);
        try {
            processes.add(new GuestProcess(machine.newMm()));
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 2; i++) {
            TestFile file = new TestFile(machine, FILE_BYTES);
            files.add(file);
            fileContents.put(file, new HashMap<>());
        }
    }

    void step() {
        GuestProcess process = processes.get(random.nextInt(processes.size()));
        try {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> mmap(process);
                case 3, 4 -> munmap(process);
                case 5, 6, 7 -> mprotect(process);
                case 8, 9 -> mremap(process);
                case 10 -> madvise(process);
                case 11 -> fork(process);
                case 12 -> exit(process);
                case 13 -> lock(process);
                default -> touch(process);
            }
        } catch (ErrnoException e) {
            if (!toleratesNoMemory || (e.errno() != Errno.ENOMEM && e.errno() != Errno.EAGAIN)) {
                throw new AssertionError(e.errno().name(), e);
            }
            failures++;
        }
        if (!toleratesNoMemory && processes.contains(process)) {
            compareRights(process);
        }
    }

    private long randomPage() {
        return BASE + ((long) random.nextInt(WINDOW_PAGES) << 12);
    }

    private int randomProt() {
        return switch (random.nextInt(6)) {
            case 0 -> Mman.PROT_NONE;
            case 1 -> Mman.PROT_READ;
            case 2 -> Mman.PROT_READ | Mman.PROT_EXEC;
            default -> MmFixture.RW;
        };
    }

    private void mmap(GuestProcess process) throws ErrnoException {
        long start = randomPage();
        int count = 1 + random.nextInt(12);
        int prot = randomProt();
        boolean isShared = random.nextInt(3) == 0;
        TestFile file = random.nextInt(3) == 0 ? files.get(random.nextInt(files.size())) : null;
        int flags = isShared ? Mman.MAP_SHARED : Mman.MAP_PRIVATE;
        long offset = 0;
        if (file == null) {
            flags |= Mman.MAP_ANONYMOUS;
        } else {
            offset = random.nextInt(12);
        }
        if (random.nextInt(4) != 0) {
            flags |= Mman.MAP_FIXED;
        }
        if (random.nextInt(6) == 0) {
            flags |= Mman.MAP_POPULATE;
        }
        long vaddr =
                process.mm.mmapAndPopulate(
                        machine.request(start, (long) count << 12, prot, flags, file, offset));
        Map<Long, Integer> object =
                file != null ? fileContents.get(file) : isShared ? new HashMap<>() : null;
        for (int i = 0; i < count; i++) {
            Page page = new Page();
            page.prot = prot;
            page.isShared = isShared;
            page.isFile = file != null;
            page.object = object;
            page.index = offset + i;
            if ((flags & Mman.MAP_POPULATE) != 0
                    && !isShared
                    && (prot & Mman.PROT_WRITE) != 0
                    && file != null
                    && page.index << 12 < file.sizeBytes()) {
                page.own = page.value(); // copied at once
            }
            process.pages.put(vaddr + ((long) i << 12), page);
        }
    }

    private void munmap(GuestProcess process) throws ErrnoException {
        long start = randomPage();
        long length = (long) (1 + random.nextInt(16)) << 12;
        process.mm.munmap(start, length);
        process.pages.subMap(start, start + length).clear();
    }

    private void mprotect(GuestProcess process) throws ErrnoException {
        long start = randomPage();
        int count = 1 + random.nextInt(12);
        int prot = randomProt();
        String errno =
                MmFixture.errnoOf(() -> process.mm.mprotect(start, (long) count << 12, prot));
        if (toleratesNoMemory) {
            return;
        }
        String expected = "ok";
        for (int i = 0; i < count; i++) {
            Page page = process.pages.get(start + ((long) i << 12));
            if (page == null) {
                expected = "ENOMEM";
                break;
            }
            page.prot = prot;
        }
        assertEquals(expected, errno, "mprotect");
    }

    private void mremap(GuestProcess process) throws ErrnoException {
        VmArea area = process.mm.findAreaFrom(randomPage());
        if (area == null) {
            return;
        }
        int areaPages = (int) area.sizePages();
        int first = random.nextInt(areaPages);
        int oldPages = 1 + random.nextInt(areaPages - first);
        int newPages = random.nextBoolean() ? oldPages : 1 + random.nextInt(16);
        long vaddr = area.start() + ((long) first << 12);
        int flags = random.nextInt(4) == 0 ? 0 : Mman.MREMAP_MAYMOVE;
        long target = 0;
        if (flags != 0 && random.nextBoolean()) {
            flags |= Mman.MREMAP_FIXED;
            target = randomPage();
        } else if (flags != 0 && newPages == oldPages && random.nextInt(3) == 0) {
            flags |= Mman.MREMAP_DONTUNMAP;
        }
        long oldBytes = (long) oldPages << 12;
        long newBytes = (long) newPages << 12;
        long result;
        try {
            result = process.mm.mremap(vaddr, oldBytes, newBytes, flags, target);
        } catch (ErrnoException e) {
            boolean overlaps =
                    (flags & Mman.MREMAP_FIXED) != 0
                            && vaddr + oldBytes > target
                            && target + newBytes > vaddr;
            if ((e.errno() == Errno.EINVAL && overlaps)
                    || (e.errno() == Errno.ENOMEM && flags == 0)) {
                return;
            }
            throw e;
        }
        moveInModel(process, vaddr, oldPages, newPages, result, flags);
    }

    private static void moveInModel(
            GuestProcess process, long vaddr, int oldPages, int newPages, long result, int flags) {
        List<Page> moved = new ArrayList<>();
        for (int i = 0; i < oldPages; i++) {
            moved.add(process.pages.remove(vaddr + ((long) i << 12)));
        }
        if ((flags & Mman.MREMAP_DONTUNMAP) != 0) {
            for (int i = 0; i < oldPages; i++) {
                Page left = moved.get(i).copy();
                left.own = null;
                process.pages.put(vaddr + ((long) i << 12), left);
            }
        }
        process.pages.subMap(result, result + ((long) newPages << 12)).clear();
        for (int i = 0; i < newPages; i++) {
            Page page;
            if (i < oldPages) {
                page = moved.get(i);
            } else {
                page = moved.getFirst().copy();
                page.own = null;
                page.index = moved.getFirst().index + i;
            }
            process.pages.put(result + ((long) i << 12), page);
        }
    }

    private void madvise(GuestProcess process) throws ErrnoException {
        long start = randomPage();
        int count = 1 + random.nextInt(8);
        boolean hasHole = false;
        boolean isLocked = false;
        for (int i = 0; i < count; i++) {
            long vaddr = start + ((long) i << 12);
            hasHole |= !process.pages.containsKey(vaddr);
            VmArea area = process.mm.findArea(vaddr);
            isLocked |= area != null && area.has(VmFlags.VM_LOCKED);
        }
        if (isLocked) {
            return;
        }
        String errno =
                MmFixture.errnoOf(
                        () -> process.mm.madvise(start, (long) count << 12, Mman.MADV_DONTNEED));
        assertEquals(hasHole ? "ENOMEM" : "ok", errno, "madvise");
        for (Page page : process.pages.subMap(start, start + ((long) count << 12)).values()) {
            page.own = null;
        }
    }

    private void lock(GuestProcess process) {
        long start = randomPage();
        long length = (long) (1 + random.nextInt(8)) << 12;
        if (random.nextBoolean()) {
            MmFixture.errnoOf(() -> process.mm.mlock(start, length, Mman.MLOCK_ONFAULT));
        } else {
            MmFixture.errnoOf(() -> process.mm.munlock(start, length));
        }
    }

    private void fork(GuestProcess process) throws ErrnoException {
        if (processes.size() == 3) {
            return;
        }
        GuestProcess child = new GuestProcess(process.mm.fork());
        process.pages.forEach((vaddr, page) -> child.pages.put(vaddr, page.copy()));
        processes.add(child);
    }

    private void exit(GuestProcess process) {
        if (processes.size() == 1) {
            return;
        }
        processes.remove(process);
        process.mm.release();
    }

    private void touch(GuestProcess process) throws ErrnoException {
        long vaddr = randomPage();
        Page page = process.pages.get(vaddr);
        boolean isWrite = random.nextBoolean();
        boolean isBeyondEnd = page != null && page.object != null && isBeyondEnd(process, vaddr);
        boolean isAllowed =
                page != null
                        && (isWrite
                                ? (page.prot & Mman.PROT_WRITE) != 0
                                : page.prot != Mman.PROT_NONE)
                        && (!isBeyondEnd || page.own != null);
        int value = ++lastValue;
        try {
            if (isWrite) {
                process.mm.memory().writeInt(vaddr + 16, value);
            } else {
                int read = process.mm.memory().readInt(vaddr + 16);
                if (!toleratesNoMemory && page != null) {
                    assertEquals(page.value(), read, "read at %x".formatted(vaddr));
                }
            }
        } catch (ErrnoException e) {
            if (isAllowed && !toleratesNoMemory) {
                throw e;
            }
            failures += isAllowed ? 1 : 0;
            return;
        }
        machine.tlb.used(process.mm.root(), vaddr);
        if (toleratesNoMemory || page == null) {
            return;
        }
        assertEquals(true, isAllowed, "access at %x went through".formatted(vaddr));
        if (isWrite) {
            store(page, value);
        }
    }

    private static void store(Page page, int value) {
        if (page.isShared && page.object != null) {
            page.object.put(page.index, value);
        } else {
            page.own = value;
        }
    }

    private static boolean isBeyondEnd(GuestProcess process, long vaddr) {
        VmArea area = process.mm.findArea(vaddr);
        return area != null
                && area.file() != null
                && area.pageOffsetAt(vaddr) << 12 >= area.file().sizeBytes();
    }

    private static void compareRights(GuestProcess process) {
        TreeMap<Long, String> model = new TreeMap<>();
        process.pages.forEach(
                (vaddr, page) -> model.put(vaddr, page.prot + (page.isShared ? "s" : "p")));
        TreeMap<Long, String> real = new TreeMap<>();
        for (int i = 0; i < process.mm.areaCount(); i++) {
            VmArea area = process.mm.areaAt(i);
            for (long vaddr = area.start(); vaddr < area.end(); vaddr += 4096) {
                real.put(vaddr, (area.flags() & 7) + (area.isShared() ? "s" : "p"));
            }
        }
        assertEquals(model, real);
    }

    void compareContents() {
        for (GuestProcess process : processes) {
            process.pages.forEach((vaddr, page) -> {
                boolean isReadable =
                        page.prot != Mman.PROT_NONE
                                && (!isBeyondEnd(process, vaddr) || page.own != null);
                if (isReadable) {
                    try {
                        assertEquals(
                                page.value(),
                                process.mm.memory().readInt(vaddr + 16),
                                "content at %x".formatted(vaddr));
                    } catch (ErrnoException e) {
                        throw new AssertionError("at %x".formatted(vaddr), e);
                    }
                }
            });
        }
    }

    void end() {
        processes.forEach(process -> process.mm.release());
        files.forEach(TestFile::release);
    }
}
