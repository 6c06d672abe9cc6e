package org.mshareemu.emulator.kernel.memmap;

import java.lang.foreign.MemorySegment;

/// The guest's end of a read or write: one or several user buffers, consumed from the front.
///
/// Linux: struct iov_iter
public interface IovIter {
    /// Bytes left. Linux: iov_iter_count()
    long count();

    /// Copies to the guest and advances.
    ///
    /// @return bytes copied; less than asked at the end of the buffers or where they cannot be
    ///   written
    int copyTo(byte[] source, int offset, int lengthBytes);

    /// Copies to the guest and advances; `source` may be guest physical memory.
    int copyTo(MemorySegment source, long offset, int lengthBytes);

    /// Copies from the guest and advances.
    ///
    /// @return bytes copied; less than asked at the end of the buffers or where they cannot be read
    int copyFrom(byte[] destination, int offset, int lengthBytes);

    /// Copies from the guest and advances; `destination` may be guest physical memory.
    int copyFrom(MemorySegment destination, long offset, int lengthBytes);

    /// Copies zero bytes to the guest and advances. Linux: iov_iter_zero()
    int zero(long lengthBytes);

    /// Steps back over bytes just copied. Linux: iov_iter_revert()
    void revert(long lengthBytes);
}
