package org.mshareemu.mmu.phys;

import org.mshareemu.mmu.annotation.HotPath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The guest's physical memory: one reserve-only native segment, little-endian as the guest sees
/// it.
///
/// A physical address is an offset into [#segment()]. Reserving costs the same for 1 MiB and 1 TiB;
/// a frame costs host memory when it is first touched.
///
/// The segment lives in a shared arena. Each access then checks one alive word that every kind of
/// arena checks, so this is as fast as a global segment; any thread may use it, and a use after
/// [#close()] is an exception instead of a dead JVM. The price is one thread handshake when it
/// closes.
public final class PhysicalMemory implements AutoCloseable {
    /// log2 of [#PAGE_SIZE].
    public static final int PAGE_SHIFT = 12;

    /// Bytes per frame.
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    /// The frame part of an address. Linux: PAGE_MASK
    public static final long PAGE_MASK = -PAGE_SIZE;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Source of zeroes; stays in the host's first-level cache, and copying from it allocates no
    /// slice.
    private static final MemorySegment ZEROES =
            Arena.global().allocate(PAGE_SIZE, PAGE_SIZE).asReadOnly();

    private final Arena arena;
    private final MemorySegment segment;
    private final long sizeBytes;

    private PhysicalMemory(Arena arena, MemorySegment segment) {
        this.arena = arena;
        this.segment = segment;
        this.sizeBytes = segment.byteSize();
    }

    /// Reserves memory of a whole number of frames.
    public static PhysicalMemory reserve(long sizeBytes) {
        if (sizeBytes <= 0 || (sizeBytes & ~PAGE_MASK) != 0) {
            throw new IllegalArgumentException(
                    "memory size must be a positive multiple of 4096 bytes: " + sizeBytes);
        }
        Arena arena = Arena.ofShared();
        return new PhysicalMemory(arena, HostMemory.reserve(sizeBytes, arena));
    }

    /// Gives everything back to the host. Nothing may use the memory any more, engines included.
    @Override
    public void close() {
        arena.close();
    }

    /// The whole of physical memory; offset = physical address.
    public MemorySegment segment() {
        return segment;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public long frameCount() {
        return sizeBytes >>> PAGE_SHIFT;
    }

    @HotPath
    public byte readByte(long paddr) {
        return segment.get(ValueLayout.JAVA_BYTE, paddr);
    }

    @HotPath
    public short readShort(long paddr) {
        return segment.get(SHORT, paddr);
    }

    @HotPath
    public int readInt(long paddr) {
        return segment.get(INT, paddr);
    }

    @HotPath
    public long readLong(long paddr) {
        return segment.get(LONG, paddr);
    }

    @HotPath
    public void writeByte(long paddr, byte value) {
        segment.set(ValueLayout.JAVA_BYTE, paddr, value);
    }

    @HotPath
    public void writeShort(long paddr, short value) {
        segment.set(SHORT, paddr, value);
    }

    @HotPath
    public void writeInt(long paddr, int value) {
        segment.set(INT, paddr, value);
    }

    @HotPath
    public void writeLong(long paddr, long value) {
        segment.set(LONG, paddr, value);
    }

    @HotPath
    public void copyToArray(long paddr, byte[] destination, int offset, int lengthBytes) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, paddr, destination, offset, lengthBytes);
    }

    @HotPath
    public void copyFromArray(long paddr, byte[] source, int offset, int lengthBytes) {
        MemorySegment.copy(source, offset, segment, ValueLayout.JAVA_BYTE, paddr, lengthBytes);
    }

    /// Copies as if through a buffer: the ranges may overlap.
    @HotPath
    public void copy(long sourcePaddr, long destinationPaddr, long lengthBytes) {
        MemorySegment.copy(segment, sourcePaddr, segment, destinationPaddr, lengthBytes);
    }

    @HotPath
    public void copyFrame(long sourcePfn, long destinationPfn) {
        copy(sourcePfn << PAGE_SHIFT, destinationPfn << PAGE_SHIFT, PAGE_SIZE);
    }

    @HotPath
    public void zeroFrame(long pfn) {
        MemorySegment.copy(ZEROES, 0, segment, pfn << PAGE_SHIFT, PAGE_SIZE);
    }

    public void fill(long paddr, long lengthBytes, byte value) {
        segment.asSlice(paddr, lengthBytes).fill(value);
    }

    /// The offset of the first byte in which the frame differs from `expected` (one frame long), or
    /// -1.
    long mismatch(long pfn, MemorySegment expected) {
        long start = pfn << PAGE_SHIFT;
        return MemorySegment.mismatch(segment, start, start + PAGE_SIZE, expected, 0, PAGE_SIZE);
    }

    /// Gives frames back to the host; they read as zero afterwards.
    ///
    /// Linux: MADV_DONTNEED
    public void discard(long pfn, long count) {
        HostMemory.discard(segment, pfn << PAGE_SHIFT, count << PAGE_SHIFT);
    }
}
