package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.annotation.HotPath;

/// A place in the tables as one `long`: an entry's physical address, and its level in the bits that
/// alignment leaves free.
@HotPath
public final class LeafRef {
    private static final long LEVEL_MASK = 7;

    private LeafRef() {}

    static long of(long entryPaddr, int levelDepth) {
        return entryPaddr | levelDepth;
    }

    public static long entryPaddr(long ref) {
        return ref & ~LEVEL_MASK;
    }

    public static Level level(long ref) {
        return Level.ofDepth((int) (ref & LEVEL_MASK));
    }
}
