package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Mman;
import org.mshareemu.emulator.kernel.memmap.VmArea;
import org.mshareemu.emulator.kernel.memmap.VmFlags;
import org.mshareemu.mmu.paging.PageFaultError;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// One random program done both by an [Mm] and by the native kernel, step by step.
final class OracleProgram {
    private static final long WINDOW_START = 0x1_0000_0000L;
    private static final long WINDOW_END = 0x1_0010_0000L;
    private static final int WINDOW_PAGES = 40;
    private static final long FILE_BYTES = 24L << 12;
    private static final int[] ADVICE = {
        Mman.MADV_NORMAL,
        Mman.MADV_RANDOM,
        Mman.MADV_SEQUENTIAL,
        Mman.MADV_WILLNEED,
        Mman.MADV_DONTNEED,
        Mman.MADV_DONTNEED,
        Mman.MADV_REMOVE,
        Mman.MADV_DONTFORK,
        Mman.MADV_DOFORK,
        Mman.MADV_WIPEONFORK,
        Mman.MADV_KEEPONFORK,
        Mman.MADV_DONTDUMP,
        Mman.MADV_DODUMP,
        Mman.MADV_NOHUGEPAGE,
        Mman.MADV_POPULATE_READ,
        Mman.MADV_POPULATE_WRITE,
        Mman.MADV_DONTNEED_LOCKED,
        Mman.MADV_GUARD_INSTALL,
        Mman.MADV_GUARD_REMOVE,
        Mman.MADV_COLD,
        5,
        77
    };

    private final MmFixture machine;
    private final NativeOracle oracle;
    private final Random random;
    private final TestFile[] files = new TestFile[2];
    private final Deque<Mm> running = new ArrayDeque<>();
    private final Deque<Deque<Mm>> holders = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private long faults;

    OracleProgram(MmFixture machine, NativeOracle oracle, long seed) throws ErrnoException {
        this.machine = machine;
        this.oracle = oracle;
        this.random = new Random(seed);
        running.push(machine.newMm());
        holders.push(new ArrayDeque<>());
        for (int i = 0; i < files.length; i++) {
            files[i] = new TestFile(machine, FILE_BYTES);
        }
    }

    private Mm mm() {
        return running.getFirst();
    }

    List<String> log() {
        return log;
    }

    void step() throws IOException {
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4 -> mmap();
            case 5, 6 -> range('u', randomStart(), randomLength());
            case 7, 8, 9, 10 -> range('p', randomStart(), randomLength(), randomProt());
            case 11, 12, 13 -> mremap();
            case 14, 15 ->
                    range(
                            'a',
                            randomStart(),
                            randomLength(),
                            ADVICE[random.nextInt(ADVICE.length)]);
            case 16 -> lock();
            case 17 -> fork();
            case 18 -> range('c', randomStart(), randomLength());
            case 19 -> range('s', randomStart(), randomLength(), random.nextInt(8));
            case 20 -> file();
            default -> touch();
        }
    }

    private long randomStart() {
        long start = WINDOW_START + ((long) random.nextInt(WINDOW_PAGES) << 12);
        return random.nextInt(60) == 0 ? start + 5 : start;
    }

    private long randomLength() {
        return switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> -4096;
            case 3 -> 5000;
            default -> (long) (1 + random.nextInt(10)) << 12;
        };
    }

    private int randomProt() {
        return switch (random.nextInt(10)) {
            case 0 -> Mman.PROT_NONE;
            case 1, 2 -> Mman.PROT_READ;
            case 3 -> Mman.PROT_WRITE;
            case 4 -> Mman.PROT_READ | Mman.PROT_EXEC;
            case 5 -> random.nextInt(4) == 0 ? 0x100 : Mman.PROT_READ;
            default -> MmFixture.RW;
        };
    }

    private void mmap() throws IOException {
        long length = randomLength();
        if (length < 0) {
            length = 4096;
        }
        int flags =
                switch (random.nextInt(16)) {
                    case 0, 1, 2 -> Mman.MAP_SHARED;
                    case 3 -> Mman.MAP_SHARED_VALIDATE;
                    case 4 -> 0;
                    default -> Mman.MAP_PRIVATE;
                };
        int file = -1;
        if (random.nextInt(3) == 0) {
            file = random.nextInt(files.length);
        } else {
            flags |= Mman.MAP_ANONYMOUS;
        }
        if (random.nextInt(4) != 0) {
            flags |= Mman.MAP_FIXED;
        } else if (random.nextBoolean()) {
            flags |= Mman.MAP_FIXED_NOREPLACE;
        }
        if (random.nextInt(8) == 0) {
            flags |= Mman.MAP_POPULATE;
        }
        if (random.nextInt(12) == 0) {
            flags |= Mman.MAP_NORESERVE;
        }
        if (random.nextInt(12) == 0) {
            flags |= Mman.MAP_STACK;
        }
        if (random.nextInt(25) == 0) {
            flags |= Mman.MAP_GROWSDOWN;
        }
        if (random.nextInt(30) == 0) {
            flags |= Mman.MAP_LOCKED;
        }
        long start = randomStart();
        long offset = file < 0 ? 0 : (long) random.nextInt(14) << 12;
        dropIfOutside(
                both(
                        'm',
                        start,
                        length,
                        random.nextInt(4) == 0 ? randomProt() : MmFixture.RW,
                        flags,
                        file,
                        offset),
                length);
    }

    private void range(char operation, long start, long length, long... more) throws IOException {
        long third = more.length > 0 ? more[0] : 0;
        both(operation, start, length, third);
    }

    private void mremap() throws IOException {
        long start = randomStart();
        long oldLength = random.nextInt(20) == 0 ? 0 : (long) (1 + random.nextInt(6)) << 12;
        VmArea area = mm().findArea(start);
        if (area != null && random.nextInt(3) == 0) {
            oldLength = area.end() - (start & -4096);
        }
        long newLength = random.nextInt(3) == 0 ? oldLength : (long) random.nextInt(10) << 12;
        int flags =
                switch (random.nextInt(8)) {
                    case 0, 1 -> 0;
                    case 2, 3 -> Mman.MREMAP_MAYMOVE;
                    case 4 -> Mman.MREMAP_MAYMOVE | Mman.MREMAP_DONTUNMAP;
                    default -> Mman.MREMAP_MAYMOVE | Mman.MREMAP_FIXED;
                };
        dropIfOutside(
                both('r', start, oldLength, newLength, flags, randomStart() & -4096), newLength);
    }

    /// What landed somewhere else would differ in its address from then on.
    private void dropIfOutside(long result, long length) throws IOException {
        if (result > 0 && (result < WINDOW_START || result >= WINDOW_END)) {
            both('u', Long.MIN_VALUE, length);
        }
    }

    private void lock() throws IOException {
        if (random.nextBoolean()) {
            range('l', randomStart(), randomLength(), random.nextInt(2));
        } else {
            range('L', randomStart(), randomLength());
        }
    }

    private void fork() throws IOException {
        if (random.nextBoolean()) {
            if (running.size() < 3) {
                both('f');
            } else {
                end();
            }
        } else if (holders.getFirst().size() < 2) {
            both('F');
        } else {
            both('X');
        }
        if (running.size() > 1 && random.nextInt(3) == 0) {
            end();
        }
    }

    private void end() throws IOException {
        while (!holders.getFirst().isEmpty()) {
            both('X');
        }
        both('x');
    }

    private void file() throws IOException {
        int file = random.nextInt(files.length);
        if (random.nextBoolean()) {
            both('t', file, (long) random.nextInt(25) * 4096 + (random.nextBoolean() ? 0 : 100));
        } else {
            both('h', file, (long) random.nextInt(20) << 12, (long) (1 + random.nextInt(4)) << 12);
        }
    }

    private void touch() throws IOException {
        both(random.nextBoolean() ? 'w' : 'g', (randomStart() & -4096) + 64, random.nextInt(1000));
    }

    private long outsideHere;
    private long outsideThere;

    /// Does it here and there, and compares.
    private long both(char operation, long... arguments) throws IOException {
        long[] words = new long[1 + arguments.length];
        words[0] = operation;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        boolean isOutside = arguments.length > 0 && arguments[0] == Long.MIN_VALUE;
        if (isOutside) {
            words[1] = outsideThere;
            arguments[0] = outsideHere;
        }
        StringBuilder text = new StringBuilder().append(operation);
        for (long argument : arguments) {
            text.append(' ').append(Long.toHexString(argument));
        }
        faults = 0;
        mm().takeKernelFaults();
        long here = doHere(operation, arguments);
        faults += mm().takeKernelFaults();
        String[] answer = oracle.ask(words).split(" ", 3);
        long there = Long.parseLong(answer[0]);
        if (here > 0 && there > 0 && isOutside(here) && isOutside(there)) {
            outsideHere = here;
            outsideThere = there;
            there = here;
        }
        log.add(text + " = " + here);
        assertEquals(there, here, "result of " + text);
        // Signals run a handler there, and pages mapped around a fault depend on the address.
        boolean isCountable = here >= -4095 && !isOutside(here);
        if (isCountable && "fxFX".indexOf(operation) < 0) {
            assertEquals(Long.parseLong(answer[1]), faults, "minor faults of " + text);
        }
        assertEquals(answer.length > 2 ? answer[2] : "", areas(), "areas after " + text);
        return here;
    }

    private static boolean isOutside(long vaddr) {
        return vaddr > WINDOW_END;
    }

    private long doHere(char operation, long[] a) {
        try {
            return perform(operation, a);
        } catch (ErrnoException e) {
            return -e.errno().number();
        }
    }

    private long perform(char operation, long[] a) throws ErrnoException {
        Mm mm = mm();
        switch (operation) {
            case 'm' -> {
                return mm.mmapAndPopulate(
                        machine.request(
                                a[0],
                                a[1],
                                (int) a[2],
                                (int) a[3],
                                a[4] < 0 ? null : files[(int) a[4]],
                                a[5] >>> 12));
            }
            case 'u' -> mm.munmap(a[0], a[1]);
            case 'p' -> mm.mprotect(a[0], a[1], (int) a[2]);
            case 'r' -> {
                return mm.mremap(a[0], a[1], a[2], (int) a[3], a[4]);
            }
            case 'a' -> mm.madvise(a[0], a[1], (int) a[2]);
            case 'l' -> mm.mlock(a[0], a[1], (int) a[2]);
            case 'L' -> mm.munlock(a[0], a[1]);
            case 's' -> mm.msync(a[0], a[1], (int) a[2]);
            case 't' -> files[(int) a[0]].truncate(a[1]);
            case 'h' -> files[(int) a[0]].punchHole(a[1], a[2]);
            case 'c' -> {
                return mincore(mm, a[0], a[1]);
            }
            case 'w', 'g' -> {
                return access(mm, a[0], operation == 'w', (int) a[1]);
            }
            case 'f' -> {
                running.push(mm.fork());
                holders.push(new ArrayDeque<>());
            }
            case 'x' -> {
                running.pop().release();
                holders.pop();
            }
            case 'F' -> holders.getFirst().push(mm.fork());
            case 'X' -> holders.getFirst().pop().release();
            default -> throw new AssertionError("operation " + operation);
        }
        return 0;
    }

    /// The vector goes to memory outside the window, as in the native program.
    private long mincore(Mm mm, long start, long length) throws ErrnoException {
        long scratch = 0x2_0000_0000L;
        mm.mmap(
                machine.request(
                        scratch, 4096, MmFixture.RW, MmFixture.FIXED | Mman.MAP_POPULATE, null, 0));
        try {
            mm.mincore(start, length, scratch);
            long bits = 0;
            for (int i = 0; i < (length + 4095) / 4096 && i < 60; i++) {
                bits |= (mm.memory().readByte(scratch + i) & 1L) << i;
            }
            return bits;
        } finally {
            mm.munmap(scratch, 4096);
            mm.takeKernelFaults();
        }
    }

    /// As user code would, with the signal as the result if there is one.
    private long access(Mm mm, long vaddr, boolean isWrite, int value) throws ErrnoException {
        int code = PageFaultError.USER | (isWrite ? PageFaultError.WRITE : 0);
        while (true) {
            long walked = mm.context().walker().walk(mm.root(), vaddr, code);
            if (walked >= 0) {
                break;
            }
            FaultResult result =
                    mm.handleUserFault(
                            vaddr, org.mshareemu.mmu.paging.WalkResult.errorCode(walked));
            if (result.kind() == FaultResult.Kind.SIGNAL) {
                return -1000L * result.signo() - result.siCode();
            }
            faults += result.cost() == FaultResult.Cost.MINOR ? 1 : 0;
        }
        machine.tlb.used(mm.root(), vaddr);
        if (isWrite) {
            mm.memory().writeInt(vaddr, value);
            return 0;
        }
        return mm.memory().readInt(vaddr);
    }

    /// The window's areas as the native program prints them.
    private String areas() {
        List<String> words = new ArrayList<>();
        Mm mm = mm();
        for (int i = 0; i < mm.areaCount(); i++) {
            VmArea area = mm.areaAt(i);
            if (area.start() < WINDOW_START || area.start() >= WINDOW_END) {
                continue;
            }
            words.add(
                    "%x-%x:%c%c%c%c:%x"
                            .formatted(
                                    (area.start() - WINDOW_START) >> 12,
                                    (area.end() - WINDOW_START) >> 12,
                                    area.has(VmFlags.VM_READ) ? 'r' : '-',
                                    area.has(VmFlags.VM_WRITE) ? 'w' : '-',
                                    area.has(VmFlags.VM_EXEC) ? 'x' : '-',
                                    area.has(VmFlags.VM_MAYSHARE) ? 's' : 'p',
                                    area.file() == null ? 0 : area.pageOffset()));
        }
        return String.join(" ", words);
    }

    void finish() throws IOException {
        while (running.size() > 1) {
            end();
        }
        while (!holders.getFirst().isEmpty()) {
            both('X');
        }
        running.pop().release();
        for (TestFile file : files) {
            file.release();
        }
    }
}
