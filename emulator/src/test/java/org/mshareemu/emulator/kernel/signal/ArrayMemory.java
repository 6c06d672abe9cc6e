package org.mshareemu.emulator.kernel.signal;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/// User memory made of a few arrays.
final class ArrayMemory implements UserMemory {
    private final TreeMap<Long, MemorySegment> pieces = new TreeMap<>();

    void map(long start, int lengthBytes) {
        pieces.put(start, MemorySegment.ofArray(new byte[lengthBytes]));
    }

    private MemorySegment at(long vaddr, long lengthBytes) throws ErrnoException {
        Map.Entry<Long, MemorySegment> piece = pieces.floorEntry(vaddr);
        if (piece == null || vaddr + lengthBytes > piece.getKey() + piece.getValue().byteSize()) {
            throw Errno.EFAULT.exception();
        }
        return piece.getValue().asSlice(vaddr - piece.getKey(), lengthBytes);
    }

    @Override
    public void read(long vaddr, byte[] destination, int offset, int lengthBytes)
            throws ErrnoException {
        MemorySegment.copy(
                at(vaddr, lengthBytes), ValueLayout.JAVA_BYTE, 0, destination, offset, lengthBytes);
    }

    @Override
    public void write(long vaddr, byte[] source, int offset, int lengthBytes)
            throws ErrnoException {
        MemorySegment.copy(
                source, offset, at(vaddr, lengthBytes), ValueLayout.JAVA_BYTE, 0, lengthBytes);
    }

    @Override
    public int readPartly(long vaddr, MemorySegment destination, long offset, int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int writePartly(long vaddr, MemorySegment source, long offset, int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte readByte(long vaddr) throws ErrnoException {
        return at(vaddr, 1).get(ValueLayout.JAVA_BYTE, 0);
    }

    @Override
    public short readShort(long vaddr) throws ErrnoException {
        return at(vaddr, 2).get(ValueLayout.JAVA_SHORT_UNALIGNED, 0);
    }

    @Override
    public int readInt(long vaddr) throws ErrnoException {
        return at(vaddr, 4).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    @Override
    public long readLong(long vaddr) throws ErrnoException {
        return at(vaddr, 8).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    @Override
    public void writeByte(long vaddr, byte value) throws ErrnoException {
        at(vaddr, 1).set(ValueLayout.JAVA_BYTE, 0, value);
    }

    @Override
    public void writeShort(long vaddr, short value) throws ErrnoException {
        at(vaddr, 2).set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, value);
    }

    @Override
    public void writeInt(long vaddr, int value) throws ErrnoException {
        at(vaddr, 4).set(ValueLayout.JAVA_INT_UNALIGNED, 0, value);
    }

    @Override
    public void writeLong(long vaddr, long value) throws ErrnoException {
        at(vaddr, 8).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }

    @Override
    public @Nullable String readString(long vaddr, int limitBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear(long vaddr, long lengthBytes) throws ErrnoException {
        at(vaddr, lengthBytes).fill((byte) 0);
    }
}
