package org.mshareemu.emulator.kernel.elf;

import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.IovIter;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.OpenFile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A buffer of the kernel's own as the target of a file read. Linux: ITER_KVEC
final class KernelBuffer implements IovIter {
    private final byte[] bytes;
    private int position;

    private KernelBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads from a file position until the buffer is full or the file ends. Linux: kernel_read()
    ///
    /// @return bytes read
    static int read(OpenFile file, long position, byte[] into, CallerContext caller)
            throws ErrnoException {
        KernelBuffer buffer = new KernelBuffer(into);
        while (buffer.count() > 0) {
            long read = file.operations().read(file, buffer, position + buffer.position, caller);
            if (read <= 0) {
                break;
            }
        }
        return buffer.position;
    }

    @Override
    public long count() {
        return (long) bytes.length - position;
    }

    @Override
    public int copyTo(byte[] source, int offset, int lengthBytes) {
        int length = (int) Math.min(lengthBytes, count());
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
        return length;
    }

    @Override
    public int copyTo(MemorySegment source, long offset, int lengthBytes) {
        int length = (int) Math.min(lengthBytes, count());
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, bytes, position, length);
        position += length;
        return length;
    }

    @Override
    public int copyFrom(byte[] destination, int offset, int lengthBytes) {
        int length = (int) Math.min(lengthBytes, count());
        System.arraycopy(bytes, position, destination, offset, length);
        position += length;
        return length;
    }

    @Override
    public int copyFrom(MemorySegment destination, long offset, int lengthBytes) {
        int length = (int) Math.min(lengthBytes, count());
        MemorySegment.copy(bytes, position, destination, ValueLayout.JAVA_BYTE, offset, length);
        position += length;
        return length;
    }

    @Override
    public int zero(long lengthBytes) {
        int length = (int) Math.min(lengthBytes, count());
        Arrays.fill(bytes, position, position + length, (byte) 0);
        position += length;
        return length;
    }

    @Override
    public void revert(long lengthBytes) {
        position -= (int) lengthBytes;
    }
}
