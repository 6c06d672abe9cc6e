package org.mshareemu.emulator.cpu;

import org.mshareemu.emulator.unicorn.EngineLayout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/// Native memory for states: slots of one size that are reused and never given back, so its size is
/// that of the most states that ever lived at once. Machines of several threads share it.
final class CpuStatePool {
    private static final int SLAB_SLOTS = 16;
    private static final long ALIGNMENT = 64;

    private static final ArrayDeque<MemorySegment> FREE = new ArrayDeque<>();

    /// Stands for the slot of a closed state: each access is an exception.
    static final MemorySegment CLOSED = closed();

    private CpuStatePool() {}

    private static MemorySegment closed() {
        try (Arena arena = Arena.ofConfined()) {
            return arena.allocate(EngineLayout.get().contextBytes());
        }
    }

    static synchronized MemorySegment take() {
        MemorySegment slot = FREE.poll();
        if (slot == null) {
            allocateSlab();
            slot = FREE.remove();
        }
        return slot;
    }

    static synchronized void give(MemorySegment slot) {
        FREE.push(slot);
    }

    private static void allocateSlab() {
        long bytes = EngineLayout.get().contextBytes();
        long stride = (bytes + ALIGNMENT - 1) & -ALIGNMENT;
        MemorySegment slab = Arena.global().allocate(stride * SLAB_SLOTS, ALIGNMENT);
        for (int i = 0; i < SLAB_SLOTS; i++) {
            FREE.add(slab.asSlice(i * stride, bytes));
        }
    }
}
