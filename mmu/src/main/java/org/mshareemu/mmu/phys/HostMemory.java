package org.mshareemu.mmu.phys;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Anonymous reserve-only mappings of the machine below us: address space at once, memory when
/// touched.
///
/// Errors here are the host's, so they end in [OutOfMemoryError] or [MmuBug] and never in a guest
/// errno.
final class HostMemory {
    private static final int PROT_READ_WRITE = 0x3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final long MAP_FAILED = -1;

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;

    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle MMAP =
            downcall("mmap", FunctionDescriptor.of(POINTER, POINTER, SIZE, INT, INT, INT, SIZE));
    private static final MethodHandle MUNMAP =
            downcall("munmap", FunctionDescriptor.of(INT, POINTER, SIZE));
    private static final MethodHandle MADVISE =
            downcall("madvise", FunctionDescriptor.of(INT, POINTER, SIZE, INT));

    private HostMemory() {}

    /// Reserves zeroed memory that is unmapped when `arena` closes.
    static MemorySegment reserve(long sizeBytes, Arena arena) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(CALL_STATE);
            MemorySegment start =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    state,
                                    MemorySegment.NULL,
                                    sizeBytes,
                                    PROT_READ_WRITE,
                                    MAP_PRIVATE_ANONYMOUS_NORESERVE,
                                    -1,
                                    0L);
            if (start.address() == MAP_FAILED) {
                throw new OutOfMemoryError(
                        "cannot reserve "
                                + sizeBytes
                                + " bytes: errno "
                                + state.get(INT, ERRNO_OFFSET));
            }
            return start.reinterpret(sizeBytes, arena, HostMemory::unmap);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /// Gives the memory back to the host; the range reads as zero afterwards.
    static void discard(MemorySegment segment, long offset, long lengthBytes) {
        MemorySegment range = segment.asSlice(offset, lengthBytes);
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(CALL_STATE);
            check((int) MADVISE.invokeExact(state, range, lengthBytes, MADV_DONTNEED), state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static void unmap(MemorySegment segment) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment state = call.allocate(CALL_STATE);
            check((int) MUNMAP.invokeExact(state, segment, segment.byteSize()), state);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private static void check(int result, MemorySegment state) {
        if (result != 0) {
            throw new MmuBug("the host refused a range: errno " + state.get(INT, ERRNO_OFFSET));
        }
    }

    private static RuntimeException rethrow(Throwable e) {
        switch (e) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    private static MethodHandle downcall(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                type,
                Linker.Option.captureCallState("errno"));
    }
}
