package org.mshareemu.mmu.phys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// Anonymous reserve-only mappings of the machine below us: address space at once, memory when
/// touched.
///
/// Errors here are the host's, so they end in [OutOfMemoryError] or [MmuBug] and never in a guest
/// errno.
final class HostMemory {
    private static final long PROT_READ_WRITE = 0x3;
    private static final long MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final long MADV_DONTNEED = 4;
    private static final long MAP_FAILED = -1;

    /// One shape for all three, as each costs milliseconds of start-up. In the C calling convention
    /// of x86-64 an integer or pointer of any width takes one register, and surplus arguments are
    /// ignored.
    private static final FunctionDescriptor CALL = longs(8);

    private static final MethodHandle MMAP = downcall("mmap");
    private static final MethodHandle MUNMAP = downcall("munmap");
    private static final MethodHandle MADVISE = downcall("madvise");

    private HostMemory() {}

    /// Reserves zeroed memory that is unmapped when `arena` closes.
    static MemorySegment reserve(long sizeBytes, Arena arena) {
        try {
            long start =
                    (long)
                            MMAP.invokeExact(
                                    0L,
                                    sizeBytes,
                                    PROT_READ_WRITE,
                                    MAP_PRIVATE_ANONYMOUS_NORESERVE,
                                    -1L,
                                    0L,
                                    0L,
                                    0L);
            if (start == MAP_FAILED) {
                throw new OutOfMemoryError("the host cannot reserve " + sizeBytes + " bytes");
            }
            return MemorySegment.ofAddress(start).reinterpret(sizeBytes, arena, HostMemory::unmap);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Gives the memory back to the host; the range reads as zero afterwards.
    static void discard(MemorySegment segment, long offset, long lengthBytes) {
        long start = segment.asSlice(offset, lengthBytes).address();
        try {
            check(
                    (long)
                            MADVISE.invokeExact(
                                    start, lengthBytes, MADV_DONTNEED, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static void unmap(MemorySegment segment) {
        try {
            check(
                    (long)
                            MUNMAP.invokeExact(
                                    segment.address(), segment.byteSize(), 0L, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static void check(long result) {
        if ((int) result != 0) {
            throw new MmuBug("the host refused a range");
        }
    }

    private static RuntimeException rethrow(Throwable e) {
        switch (e) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    private static FunctionDescriptor longs(int count) {
        MemoryLayout[] parameters = new MemoryLayout[count];
        Arrays.fill(parameters, ValueLayout.JAVA_LONG);
        return FunctionDescriptor.of(ValueLayout.JAVA_LONG, parameters);
    }

    private static MethodHandle downcall(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), CALL);
    }
}
