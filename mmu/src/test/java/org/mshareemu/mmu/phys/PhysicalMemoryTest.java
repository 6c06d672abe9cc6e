package org.mshareemu.mmu.phys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PhysicalMemoryTest {
    private static final long TIB = 1L << 40;

    @Test
    void oneTebibyteIsUsableUpToItsLastByte() {
        try (PhysicalMemory memory = PhysicalMemory.reserve(TIB)) {
            assertEquals(1L << 28, memory.frameCount());
            memory.writeLong(TIB - 8, 0x1122334455667788L);
            memory.writeByte(0, (byte) 7);
            assertEquals(0x1122334455667788L, memory.readLong(TIB - 8));
            assertEquals(0, memory.readLong(TIB / 2));
            assertEquals(7, memory.readByte(0));
        }
    }

    @Test
    void valuesAreLittleEndianAndMayBeUnaligned() {
        try (PhysicalMemory memory = PhysicalMemory.reserve(1 << 16)) {
            memory.writeLong(4093, 0x0807060504030201L);
            byte[] bytes = new byte[10];
            memory.copyToArray(4092, bytes, 0, 10);
            assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 0}, bytes);
            assertEquals((short) 0x0201, memory.readShort(4093));
            assertEquals(0x04030201, memory.readInt(4093));
            memory.writeInt(4093, -2);
            memory.writeShort(4097, (short) 0x7f80);
            assertEquals(0x08077f80_fffffffeL, memory.readLong(4093));
        }
    }

    @Test
    void copiesFillsAndZeroesTouchExactlyTheirRange() {
        try (PhysicalMemory memory = PhysicalMemory.reserve(1 << 16)) {
            memory.fill(0, 1 << 16, (byte) 0x55);
            memory.copyFromArray(0x2001, new byte[] {9, 1, 2, 3}, 1, 3);
            memory.copy(0x2001, 0x2002, 3);
            assertEquals(0x5555550302010155L, memory.readLong(0x2000));
            memory.copyFrame(2, 5);
            memory.zeroFrame(2);
            assertEquals(0x5555555555555555L, memory.readLong(0x1ff8));
            assertEquals(0, memory.readLong(0x2000));
            assertEquals(0, memory.readLong(0x2ff8));
            assertEquals(0x5555555555555555L, memory.readLong(0x3000));
            assertEquals(0x5555550302010155L, memory.readLong(0x5000));
            assertEquals(0x5555555555555555L, memory.readLong(0x6000));
        }
    }

    @Test
    void discardedFramesReadAsZero() {
        try (PhysicalMemory memory = PhysicalMemory.reserve(1 << 20)) {
            memory.fill(0, 1 << 20, (byte) 1);
            memory.discard(3, 2);
            assertEquals(1, memory.readByte(3 * 4096 - 1));
            assertEquals(0, memory.readLong(3 * 4096));
            assertEquals(0, memory.readByte(5 * 4096 - 1));
            assertEquals(1, memory.readByte(5 * 4096));
        }
    }

    @Test
    void useAfterCloseIsRefused() {
        PhysicalMemory memory = PhysicalMemory.reserve(1 << 16);
        memory.close();
        assertThrows(IllegalStateException.class, () -> memory.readLong(0));
    }

    @Test
    void accessBeyondTheEndIsRefused() {
        try (PhysicalMemory memory = PhysicalMemory.reserve(1 << 16)) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.readLong((1 << 16) - 7));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.writeByte(-1, (byte) 0));
        }
    }

    @Test
    void sizeMustBeWholeFrames() {
        assertThrows(IllegalArgumentException.class, () -> PhysicalMemory.reserve(4097));
        assertThrows(IllegalArgumentException.class, () -> PhysicalMemory.reserve(0));
    }
}
