package org.mshareemu.emulator.kernel.memmap;

import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.lang.foreign.MemorySegment;

/// Reads and writes an address space as the kernel does on behalf of its task: rights of the areas
/// apply, missing pages are faulted in, what cannot be reached is EFAULT.
///
/// Linux: copy_from_user(), copy_to_user(), get_user(), put_user(), strncpy_from_user()
public interface UserMemory {
    /// Copies from the guest. Linux: copy_from_user()
    ///
    /// @throws ErrnoException EFAULT; the bytes before the fault have been copied
    void read(long vaddr, byte[] destination, int offset, int lengthBytes) throws ErrnoException;

    /// Copies to the guest. Linux: copy_to_user()
    ///
    /// @throws ErrnoException EFAULT; the bytes before the fault have been written
    void write(long vaddr, byte[] source, int offset, int lengthBytes) throws ErrnoException;

    /// As [#read], but says how far it came.
    ///
    /// @return bytes copied, less than asked at a fault
    int readPartly(long vaddr, MemorySegment destination, long offset, int lengthBytes);

    /// As [#write], but says how far it came.
    ///
    /// @return bytes copied, less than asked at a fault
    int writePartly(long vaddr, MemorySegment source, long offset, int lengthBytes);

    byte readByte(long vaddr) throws ErrnoException;

    short readShort(long vaddr) throws ErrnoException;

    int readInt(long vaddr) throws ErrnoException;

    long readLong(long vaddr) throws ErrnoException;

    void writeByte(long vaddr, byte value) throws ErrnoException;

    void writeShort(long vaddr, short value) throws ErrnoException;

    void writeInt(long vaddr, int value) throws ErrnoException;

    void writeLong(long vaddr, long value) throws ErrnoException;

    /// Reads a string up to its NUL, as ISO-8859-1 so that every byte survives.
    ///
    /// @param limitBytes longest allowed, NUL included
    /// @return the string, or null if there is no NUL within the limit (the caller knows the errno)
    @org.jspecify.annotations.Nullable
    String readString(long vaddr, int limitBytes) throws ErrnoException;

    /// Zeroes a range. Linux: clear_user()
    void clear(long vaddr, long lengthBytes) throws ErrnoException;
}
