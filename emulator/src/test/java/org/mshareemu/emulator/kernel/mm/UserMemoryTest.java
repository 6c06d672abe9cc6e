package org.mshareemu.emulator.kernel.mm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mshareemu.emulator.kernel.mm.MmFixture.FIXED;
import static org.mshareemu.emulator.kernel.mm.MmFixture.RW;
import static org.mshareemu.emulator.kernel.mm.MmFixture.errnoOf;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;
import org.mshareemu.mmu.phys.FrameTable;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/// Access to user memory on behalf of a task.
class UserMemoryTest {
    private static final long BASE = 0x1_0000_0000L;
    private static final long PAGE = 4096;

    @Test
    void copiesCrossPagesAndStopAtTheHole() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            byte[] sent = new byte[5000];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = (byte) (i * 7);
            }
            mm.memory().write(BASE + 100, sent, 0, sent.length);
            byte[] received = new byte[5000];
            mm.memory().read(BASE + 100, received, 0, received.length);
            assertArrayEquals(sent, received);
            assertEquals("EFAULT", errnoOf(() -> mm.memory().write(BASE + PAGE, sent, 0, 5000)));
            assertEquals(sent[PAGE_INT - 1], mm.memory().readByte(BASE + 2 * PAGE - 1));
        }
    }

    private static final int PAGE_INT = 4096;

    @Test
    void wordsMayCrossPages() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            long vaddr = BASE + PAGE - 3;
            mm.memory().writeLong(vaddr, 0x0102030405060708L);
            assertEquals(0x0102030405060708L, mm.memory().readLong(vaddr));
            assertEquals(0x05060708, mm.memory().readInt(vaddr));
            assertEquals((short) 0x0506, mm.memory().readShort(vaddr + 2));
            long last = BASE + 2 * PAGE - 4;
            mm.memory().writeInt(last, 0);
            assertEquals("EFAULT", errnoOf(() -> mm.memory().writeLong(last, -1)));
            assertEquals(0, mm.memory().readInt(last));
        }
    }

    @Test
    void kernelAddressesAreRefusedBeforeAnythingIsCopied() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            byte[] bytes = new byte[8192];
            long[] starts = {mm.taskSize(), mm.taskSize() - 1, Long.MIN_VALUE, -8L};
            for (long start : starts) {
                assertEquals("EFAULT", errnoOf(() -> mm.memory().read(start, bytes, 0, 8192)));
                assertEquals("EFAULT", errnoOf(() -> mm.memory().clear(start, 8192)));
                assertEquals("EFAULT", errnoOf(() -> mm.memory().readLong(start)));
            }
        }
    }

    @Test
    void stringsEndAtTheirNulOrAtTheLimit() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            String text = "ä".repeat(600);
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            long vaddr = BASE + PAGE - 300;
            mm.memory().write(vaddr, bytes, 0, bytes.length);
            assertEquals(text, mm.memory().readString(vaddr, 4096));
            assertEquals(text, mm.memory().readString(vaddr, 601));
            assertNull(mm.memory().readString(vaddr, 600));
        }
    }

    @Test
    void executedFramesAreAnnouncedBeforeTheyChange() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            mm.memory().writeInt(BASE, 1);
            long pfn = mm.context().walker().walk(mm.root(), BASE, 4) >>> 12 & 0xff_ffff;
            machine.frames.setFlags(pfn, FrameTable.EXECUTED);
            long[] announced = {-1};
            machine.frames.setWriteListener(frame -> announced[0] = frame);
            mm.memory().writeInt(BASE, 2);
            assertEquals(pfn, announced[0]);
            machine.frames.clearFlags(pfn, FrameTable.EXECUTED);
        }
    }

    @Test
    void iteratorWalksBuffersAndRevertsAcrossThem() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, 2 * PAGE, RW, FIXED);
            long[] vector = {BASE + 4000, 10, BASE, 0, BASE + 100, 200};
            for (int i = 0; i < vector.length; i++) {
                mm.memory().writeLong(BASE + PAGE + 8L * i, vector[i]);
            }
            UserIovIter iter = UserIovIter.ofVector(mm, BASE + PAGE, 3);
            byte[] bytes = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(210, iter.count());
            assertEquals(16, iter.copyTo(bytes, 0, 16));
            iter.revert(10);
            assertEquals(204, iter.count());
            assertEquals(2, iter.copyTo(bytes, 0, 2));
            assertEquals("01234501", text(mm, BASE + 4000, 8));
            assertEquals("abcdef", text(mm, BASE + 100, 6));
            byte[] rest = new byte[300];
            assertEquals(202, iter.copyFrom(rest, 0, 300));
            assertEquals(0, iter.count());
        }
    }

    private static String text(Mm mm, long vaddr, int length) throws ErrnoException {
        byte[] bytes = new byte[length];
        mm.memory().read(vaddr, bytes, 0, length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void vectorsAreCheckedAsAWhole() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            mm.memory().writeLong(BASE, BASE);
            mm.memory().writeLong(BASE + 8, -1);
            assertEquals("EINVAL", errnoOf(() -> UserIovIter.ofVector(mm, BASE, 1)));
            assertEquals("EINVAL", errnoOf(() -> UserIovIter.ofVector(mm, BASE, 1025)));
            mm.memory().writeLong(BASE, mm.taskSize());
            mm.memory().writeLong(BASE + 8, 1);
            assertEquals("EFAULT", errnoOf(() -> UserIovIter.ofVector(mm, BASE, 1)));
        }
    }

    @Test
    void alignedAccessAllocatesNothing() throws ErrnoException {
        try (MmFixture machine = new MmFixture()) {
            Mm mm = machine.newMm();
            machine.mmap(mm, BASE, PAGE, RW, FIXED);
            UserMemory memory = mm.memory();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long sum = run(memory, 20_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            sum += run(memory, 100_000);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 10_000, allocated + " bytes allocated, sum " + sum);
        }
    }

    private static long run(UserMemory memory, int rounds) throws ErrnoException {
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            memory.writeLong(BASE + 8, i);
            sum += memory.readLong(BASE + 8) + memory.readInt(BASE + 8);
        }
        return sum;
    }
}
