package org.mshareemu.mmu.phys;

import org.jspecify.annotations.Nullable;
import org.mshareemu.mmu.annotation.HotPath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What is known of each frame, in a native segment that is reserved like the frames themselves.
///
/// Linux: struct page, and struct ptdesc for frames that hold tables
///
///     offset  bytes  field
///          0      4  reference count      Linux: page._refcount; 0 = free
///          4      4  map count            Linux: page._mapcount; leaf entries that map the frame
///          8      4  share count          Linux: ptdesc.pt_share_count; links to this table from other address spaces
///         12      1  use                  FrameUse.code()
///         13      1  block order + 1      first frame of a free block or of a contiguous allocation, else 0
///         14      2  flags
///         16      8  private data         owner's word; free-list links while the frame is free
///         24      4  private int          owner's number
///         28      4  first frame          pfn of the allocation's first frame, in its other frames
///
/// Frames of a contiguous allocation share one reference count, kept in the first frame. Linux: compound page
public final class FrameTable implements AutoCloseable {
    /// Guest code of this frame has been translated. Owned by the CPUs; survives free and reuse.
    public static final int EXECUTED = 1 << 0;

    /// A CPU holds a writable translation of this frame. Owned by the CPUs; survives free and
    /// reuse.
    public static final int WRITE_GRANTED = 1 << 1;

    /// Linux: PG_dirty
    public static final int DIRTY = 1 << 2;

    /// Linux: PG_referenced
    public static final int REFERENCED = 1 << 3;

    /// Linux: PG_uptodate
    public static final int UPTODATE = 1 << 4;

    /// Linux: PG_swapcache
    public static final int SWAP_CACHE = 1 << 5;

    /// Linux: PG_mlocked
    public static final int MLOCKED = 1 << 6;

    /// First of the bits the kernel above may name; the bits up to [#KERNEL_FLAG_LAST] are its own.
    public static final int KERNEL_FLAG_FIRST = 1 << 8;

    /// Last of the bits the kernel above may name.
    public static final int KERNEL_FLAG_LAST = 1 << 13;

    /// Not the first frame of its allocation. Linux: PageTail()
    static final int TAIL = 1 << 14;

    /// Has been allocated before, so its bytes are not known to be zero.
    static final int RECYCLED = 1 << 15;

    private static final int SURVIVES_FREE = EXECUTED | WRITE_GRANTED;

    private static final int RECORD_SHIFT = 5;
    private static final long REF_COUNT = 0;
    private static final long MAP_COUNT = 4;
    private static final long SHARE_COUNT = 8;
    private static final long USE = 12;
    private static final long BLOCK_ORDER = 13;
    private static final long FLAGS = 14;
    private static final long PRIVATE_DATA = 16;
    private static final long PRIVATE_INT = 24;
    private static final long FIRST_FRAME = 28;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Arena arena;
    private final MemorySegment records;
    private @Nullable FrameWriteListener writeListener;

    private FrameTable(Arena arena, MemorySegment records) {
        this.arena = arena;
        this.records = records;
    }

    /// Reserves records for `frameCount` frames, all free.
    public static FrameTable reserve(long frameCount) {
        // Frame numbers are stored as ints in list links and tails.
        if (frameCount <= 0 || frameCount > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("unsupported number of frames: " + frameCount);
        }
        Arena arena = Arena.ofShared();
        long sizeBytes =
                (frameCount << RECORD_SHIFT) + ~PhysicalMemory.PAGE_MASK & PhysicalMemory.PAGE_MASK;
        MemorySegment records =
                HostMemory.reserve(sizeBytes, arena).asSlice(0, frameCount << RECORD_SHIFT);
        return new FrameTable(arena, records);
    }

    @Override
    public void close() {
        arena.close();
    }

    public long frameCount() {
        return records.byteSize() >>> RECORD_SHIFT;
    }

    /// Says who is told before the host changes an executed frame; one listener at a time.
    public void setWriteListener(@Nullable FrameWriteListener listener) {
        writeListener = listener;
    }

    /// Must be called before the host changes bytes of `pfn`: translations of its code are dropped
    /// first.
    @HotPath
    public void noteHostWrite(long pfn) {
        if ((flags(pfn) & EXECUTED) != 0 && writeListener != null) {
            writeListener.frameWritten(pfn);
        }
    }

    /// The first frame of the allocation that `pfn` belongs to. Linux: compound_head()
    @HotPath
    public long head(long pfn) {
        return (flags(pfn) & TAIL) == 0 ? pfn : getInt(pfn, FIRST_FRAME);
    }

    /// References to the allocation that `pfn` belongs to; 0 when free.
    public int refCount(long pfn) {
        return getInt(head(pfn), REF_COUNT);
    }

    /// Takes one more reference. Linux: get_page()
    public void get(long pfn) {
        long head = head(pfn);
        int count = getInt(head, REF_COUNT);
        if (count <= 0) {
            throw MmuBug.ofFrame(pfn, "reference taken on a free frame");
        }
        setInt(head, REF_COUNT, count + 1);
    }

    /// How many leaf entries map the frame. Linux: page_mapcount()
    public int mapCount(long pfn) {
        return getInt(pfn, MAP_COUNT);
    }

    /// Counts one more leaf entry; returns the new count.
    public int incrementMapCount(long pfn) {
        return adjust(pfn, MAP_COUNT, 1, "map count");
    }

    /// Counts one leaf entry less; returns the new count.
    public int decrementMapCount(long pfn) {
        return adjust(pfn, MAP_COUNT, -1, "map count");
    }

    /// How many entries of other address spaces point to this table. Linux: ptdesc_pmd_pts_count()
    public int shareCount(long pfn) {
        return getInt(pfn, SHARE_COUNT);
    }

    /// Counts one more link; returns the new count.
    public int incrementShareCount(long pfn) {
        return adjust(pfn, SHARE_COUNT, 1, "share count");
    }

    /// Counts one link less; returns the new count.
    public int decrementShareCount(long pfn) {
        return adjust(pfn, SHARE_COUNT, -1, "share count");
    }

    @HotPath
    public FrameUse use(long pfn) {
        return FrameUse.ofCode(records.get(BYTE, at(pfn, USE)));
    }

    @HotPath
    public int flags(long pfn) {
        return records.get(SHORT, at(pfn, FLAGS));
    }

    /// Whether all bits of `mask` are set.
    @HotPath
    public boolean hasFlags(long pfn, int mask) {
        return (flags(pfn) & mask) == mask;
    }

    @HotPath
    public void setFlags(long pfn, int mask) {
        records.set(SHORT, at(pfn, FLAGS), (short) (flags(pfn) | mask));
    }

    @HotPath
    public void clearFlags(long pfn, int mask) {
        records.set(SHORT, at(pfn, FLAGS), (short) (flags(pfn) & ~mask));
    }

    /// The owner's word; 0 after allocation.
    public long privateData(long pfn) {
        return records.get(LONG, at(pfn, PRIVATE_DATA));
    }

    public void setPrivateData(long pfn, long value) {
        records.set(LONG, at(pfn, PRIVATE_DATA), value);
    }

    /// The owner's number; 0 after allocation.
    public int privateInt(long pfn) {
        return getInt(pfn, PRIVATE_INT);
    }

    public void setPrivateInt(long pfn, int value) {
        setInt(pfn, PRIVATE_INT, value);
    }

    /// The order of the allocation that `pfn` belongs to: 0 for a single frame. Linux:
    /// compound_order()
    public int order(long pfn) {
        return Math.max(0, records.get(BYTE, at(head(pfn), BLOCK_ORDER)) - 1);
    }

    // Below: the allocator's side.

    void setUse(long pfn, FrameUse use) {
        records.set(BYTE, at(pfn, USE), (byte) use.code());
    }

    void setRefCount(long pfn, int count) {
        setInt(pfn, REF_COUNT, count);
    }

    /// Fresh records for an allocation of `1 << order` frames with one reference.
    void markAllocated(long headPfn, int order, FrameUse use) {
        markAllocatedFrame(headPfn, use);
        setInt(headPfn, REF_COUNT, 1);
        records.set(BYTE, at(headPfn, BLOCK_ORDER), (byte) (order + 1));
        for (long pfn = headPfn + 1; pfn < headPfn + (1L << order); pfn++) {
            markAllocatedFrame(pfn, use);
            setFlags(pfn, TAIL);
            setInt(pfn, FIRST_FRAME, (int) headPfn);
        }
    }

    private void markAllocatedFrame(long pfn, FrameUse use) {
        setUse(pfn, use);
        records.set(BYTE, at(pfn, BLOCK_ORDER), (byte) 0);
        clearFlags(pfn, ~SURVIVES_FREE);
        setPrivateData(pfn, 0);
        setPrivateInt(pfn, 0);
    }

    /// The frame becomes free; `extraFlags` says what is known of its bytes.
    void markFree(long pfn, int extraFlags) {
        setUse(pfn, FrameUse.FREE);
        records.set(BYTE, at(pfn, BLOCK_ORDER), (byte) 0);
        records.set(SHORT, at(pfn, FLAGS), (short) ((flags(pfn) & SURVIVES_FREE) | extraFlags));
    }

    boolean isFreeBlock(long pfn, int order) {
        return records.get(BYTE, at(pfn, BLOCK_ORDER)) == order + 1
                && records.get(BYTE, at(pfn, USE)) == FrameUse.FREE.code();
    }

    void setFreeBlock(long pfn, int order) {
        records.set(BYTE, at(pfn, BLOCK_ORDER), (byte) (order + 1));
    }

    void clearFreeBlock(long pfn) {
        records.set(BYTE, at(pfn, BLOCK_ORDER), (byte) 0);
    }

    private int adjust(long pfn, long field, int delta, String name) {
        int count = getInt(pfn, field) + delta;
        if (count < 0) {
            throw MmuBug.ofFrame(pfn, name + " below zero");
        }
        setInt(pfn, field, count);
        return count;
    }

    private int getInt(long pfn, long field) {
        return records.get(INT, at(pfn, field));
    }

    private void setInt(long pfn, long field, int value) {
        records.set(INT, at(pfn, field), value);
    }

    private static long at(long pfn, long field) {
        return (pfn << RECORD_SHIFT) + field;
    }
}
