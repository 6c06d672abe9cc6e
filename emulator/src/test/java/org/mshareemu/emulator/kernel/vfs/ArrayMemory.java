package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.UserMemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// User memory of a fixed size that begins at address 4096; what lies outside is EFAULT.
public final class ArrayMemory implements UserMemory {
    /// First address.
    public static final long BASE = 4096;

    private final byte[] bytes;
    private final MemorySegment segment;

    public ArrayMemory(int sizeBytes) {
        bytes = new byte[sizeBytes];
        segment = MemorySegment.ofArray(bytes);
    }

    private int reachable(long vaddr, int lengthBytes) {
        long at = vaddr - BASE;
        return at < 0 || at >= bytes.length ? 0 : (int) Math.min(lengthBytes, bytes.length - at);
    }

    @Override
    public int readPartly(long vaddr, MemorySegment destination, long offset, int lengthBytes) {
        int length = reachable(vaddr, lengthBytes);
        if (length > 0) {
            MemorySegment.copy(segment, vaddr - BASE, destination, offset, length);
        }
        return length;
    }

    @Override
    public int writePartly(long vaddr, MemorySegment source, long offset, int lengthBytes) {
        int length = reachable(vaddr, lengthBytes);
        if (length > 0) {
            MemorySegment.copy(source, offset, segment, vaddr - BASE, length);
        }
        return length;
    }

    @Override
    public void read(long vaddr, byte[] destination, int offset, int lengthBytes)
            throws ErrnoException {
        check(
                readPartly(vaddr, MemorySegment.ofArray(destination), offset, lengthBytes),
                lengthBytes);
    }

    @Override
    public void write(long vaddr, byte[] source, int offset, int lengthBytes)
            throws ErrnoException {
        check(writePartly(vaddr, MemorySegment.ofArray(source), offset, lengthBytes), lengthBytes);
    }

    private static void check(int done, int wanted) throws ErrnoException {
        if (done < wanted) {
            throw Errno.EFAULT.exception();
        }
    }

    private long at(long vaddr, int lengthBytes) throws ErrnoException {
        check(reachable(vaddr, lengthBytes), lengthBytes);
        return vaddr - BASE;
    }

    @Override
    public byte readByte(long vaddr) throws ErrnoException {
        return segment.get(ValueLayout.JAVA_BYTE, at(vaddr, 1));
    }

    @Override
    public short readShort(long vaddr) throws ErrnoException {
        return segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, at(vaddr, 2));
    }

    @Override
    public int readInt(long vaddr) throws ErrnoException {
        return segment.get(ValueLayout.JAVA_INT_UNALIGNED, at(vaddr, 4));
    }

    @Override
    public long readLong(long vaddr) throws ErrnoException {
        return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, at(vaddr, 8));
    }

    @Override
    public void writeByte(long vaddr, byte value) throws ErrnoException {
        segment.set(ValueLayout.JAVA_BYTE, at(vaddr, 1), value);
    }

    @Override
    public void writeShort(long vaddr, short value) throws ErrnoException {
        segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, at(vaddr, 2), value);
    }

    @Override
    public void writeInt(long vaddr, int value) throws ErrnoException {
        segment.set(ValueLayout.JAVA_INT_UNALIGNED, at(vaddr, 4), value);
    }

    @Override
    public void writeLong(long vaddr, long value) throws ErrnoException {
        segment.set(ValueLayout.JAVA_LONG_UNALIGNED, at(vaddr, 8), value);
    }

    @Override
    public @Nullable String readString(long vaddr, int limitBytes) throws ErrnoException {
        for (int length = 0; length < limitBytes; length++) {
            if (readByte(vaddr + length) == 0) {
                return new String(bytes, (int) (vaddr - BASE), length, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    @Override
    public void clear(long vaddr, long lengthBytes) throws ErrnoException {
        segment.asSlice(at(vaddr, (int) lengthBytes), lengthBytes).fill((byte) 0);
    }
}
