package org.mshareemu.emulator.kernel.vfs;

import org.mshareemu.emulator.kernel.memmap.IovIter;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A buffer of the kernel itself, read or written like a user's. Linux: iov_iter_kvec()
public final class KernelIov implements IovIter {
    private final byte[] bytes;
    private final int end;
    private int at;

    public KernelIov(byte[] bytes, int offset, int lengthBytes) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + lengthBytes;
    }

    @Override
    public long count() {
        return (long) end - at;
    }

    @Override
    public int copyTo(byte[] source, int offset, int lengthBytes) {
        int length = Math.min(lengthBytes, end - at);
        System.arraycopy(source, offset, bytes, at, length);
        at += length;
        return length;
    }

    @Override
    public int copyTo(MemorySegment source, long offset, int lengthBytes) {
        int length = Math.min(lengthBytes, end - at);
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, bytes, at, length);
        at += length;
        return length;
    }

    @Override
    public int copyFrom(byte[] destination, int offset, int lengthBytes) {
        int length = Math.min(lengthBytes, end - at);
        System.arraycopy(bytes, at, destination, offset, length);
        at += length;
        return length;
    }

    @Override
    public int copyFrom(MemorySegment destination, long offset, int lengthBytes) {
        int length = Math.min(lengthBytes, end - at);
        MemorySegment.copy(bytes, at, destination, ValueLayout.JAVA_BYTE, offset, length);
        at += length;
        return length;
    }

    @Override
    public int zero(long lengthBytes) {
        int length = (int) Math.min(lengthBytes, end - at);
        Arrays.fill(bytes, at, at + length, (byte) 0);
        at += length;
        return length;
    }

    @Override
    public void revert(long lengthBytes) {
        at -= (int) lengthBytes;
    }
}
