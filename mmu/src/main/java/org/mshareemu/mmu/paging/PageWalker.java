package org.mshareemu.mmu.paging;

import org.mshareemu.mmu.annotation.HotPath;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// The processor's page-table walk: 4-level paging with 4 KiB, 2 MiB and 1 GiB leaves.
///
/// SDM Vol. 3A, 4.5 (translation), 4.6 (rights), 4.7 (error codes), 4.8 (accessed and dirty flags)
///
/// Order of checks, top down: P of each entry (fault with P=0), then its reserved bits (fault with
/// RSVD), and only at the leaf the rights of all entries together (fault with P=1). The accessed
/// flag of an upper entry is set as soon as it leads to the next table, even if the walk then ends
/// in a fault; the leaf's A and D change only if the access is allowed. The SDM leaves the former
/// open, QEMU does it so.
///
/// The result is one `long`, drawn in [WalkResult].
public final class PageWalker {
    private static final int TOP_SHIFT = Level.PGD.shift();
    private static final int PTE_SHIFT = Level.PTE.shift();
    private static final int LEVEL_BITS = 9;

    private final PhysicalMemory memory;

    /// Bits that no entry may have: frame bits at or above MAXPHYADDR, and NX where it is not
    /// enabled.
    private final long reserved;

    /// W of every entry counts as set for supervisor accesses when CR0.WP is clear.
    private final long supervisorRights;

    /// What of an access is reported in an error code: I/D exists only with EFER.NXE. SDM Vol. 3A,
    /// 4.7
    private final int reportedAccess;

    /// A walker with its own controls; the tables it walks are in `memory`.
    public PageWalker(PhysicalMemory memory, PagingControls controls) {
        this.memory = memory;
        long frameBits = (1L << controls.physicalAddressBits()) - 1 & Pte.FRAME_MASK;
        this.reserved =
                (Pte.FRAME_MASK & ~frameBits) | (controls.isNoExecuteEnabled() ? 0 : Pte.NX);
        this.supervisorRights = controls.isWriteProtected() ? 0 : Pte.RW;
        this.reportedAccess =
                PageFaultError.WRITE
                        | PageFaultError.USER
                        | (controls.isNoExecuteEnabled() ? PageFaultError.FETCH : 0);
    }

    /// Translates as the processor would: sets A and D, or says what fault it would raise.
    ///
    /// `root` is a CR3 value, `access` any of [PageFaultError#WRITE], `USER` and `FETCH`.
    @HotPath
    public long walk(long root, long vaddr, int access) {
        if (vaddr << 16 >> 16 != vaddr) {
            return WalkResult.NON_CANONICAL;
        }
        long rights = Pte.RW | Pte.US | Pte.NX;
        long table = root & Pte.FRAME_MASK;
        for (int shift = TOP_SHIFT; ; shift -= LEVEL_BITS) {
            long entryPaddr = entryPaddr(table, vaddr, shift);
            long entry = memory.readLong(entryPaddr);
            if ((entry & (Pte.P | reserved)) != Pte.P
                    || (shift == TOP_SHIFT && (entry & Pte.PS) != 0)) {
                return refuse(entry, access, shift);
            }
            rights &= entry ^ Pte.NX;
            if (shift == PTE_SHIFT || (entry & Pte.PS) != 0) {
                long result = leaf(entry, rights, vaddr, access, shift);
                if (result >= 0) {
                    // W/R is bit 1 of an access and D bit 6 of an entry.
                    long updated = entry | Pte.A | (long) (access & PageFaultError.WRITE) << 5;
                    if (updated != entry) {
                        memory.writeLong(entryPaddr, updated);
                    }
                }
                return result;
            }
            if ((entry & Pte.A) == 0) {
                memory.writeLong(entryPaddr, entry | Pte.A);
            }
            table = entry & Pte.FRAME_MASK;
        }
    }

    /// Answers as [#walk] would, and changes nothing: for observers, and for access on behalf of
    /// someone who must not be seen.
    @HotPath
    public long peek(long root, long vaddr, int access) {
        if (vaddr << 16 >> 16 != vaddr) {
            return WalkResult.NON_CANONICAL;
        }
        long rights = Pte.RW | Pte.US | Pte.NX;
        long table = root & Pte.FRAME_MASK;
        for (int shift = TOP_SHIFT; ; shift -= LEVEL_BITS) {
            long entry = memory.readLong(entryPaddr(table, vaddr, shift));
            if ((entry & (Pte.P | reserved)) != Pte.P
                    || (shift == TOP_SHIFT && (entry & Pte.PS) != 0)) {
                return refuse(entry, access, shift);
            }
            rights &= entry ^ Pte.NX;
            if (shift == PTE_SHIFT || (entry & Pte.PS) != 0) {
                return leaf(entry, rights, vaddr, access, shift);
            }
            table = entry & Pte.FRAME_MASK;
        }
    }

    @HotPath
    private static long entryPaddr(long table, long vaddr, int shift) {
        return table + ((vaddr >>> shift & Level.ENTRIES - 1) << 3);
    }

    /// Decides at the leaf. `rights` holds the conjunction of all entries' W and US, and NX
    /// inverted.
    @HotPath
    private long leaf(long entry, long rights, long vaddr, int access, int shift) {
        if (shift != PTE_SHIFT && (entry & reservedInLargeLeaf(shift)) != 0) {
            return refuse(entry, access, shift);
        }
        boolean user = (access & PageFaultError.USER) != 0;
        if (!user) {
            rights |= supervisorRights;
        }
        if ((user && (rights & Pte.US) == 0)
                || ((access & PageFaultError.WRITE) != 0 && (rights & Pte.RW) == 0)
                || ((access & PageFaultError.FETCH) != 0 && (rights & Pte.NX) == 0)) {
            return WalkResult.fault(
                    PageFaultError.PRESENT | (access & reportedAccess), levelDepth(shift));
        }
        long offsetMask = (1L << shift) - 1;
        long frame = ((entry & ~offsetMask) | (vaddr & offsetMask)) & Pte.FRAME_MASK;
        return frame
                | permissions(entry, rights, access)
                | (long) (Level.PTE.depth() - levelDepth(shift)) << WalkResult.LEAF_SHIFT;
    }

    /// The low bits of a result: R, W, X, U, D, G.
    @HotPath
    private static long permissions(long entry, long rights, int access) {
        return WalkResult.READABLE
                | (rights & Pte.RW) // the same bit as WRITABLE
                | rights >>> 63 << 2 // X
                | (rights & Pte.US) << 1 // U
                | (entry & Pte.D) >>> 2 // D …
                | (long) (access & PageFaultError.WRITE) << 3 // … or about to be set
                | (entry & Pte.G) >>> 1;
    }

    /// Not present comes before reserved bits: with P=0 all others are ignored.
    @HotPath
    private long refuse(long entry, int access, int shift) {
        int code = access & reportedAccess;
        if ((entry & Pte.P) != 0) {
            code |= PageFaultError.PRESENT | PageFaultError.RESERVED;
        }
        return WalkResult.fault(code, levelDepth(shift));
    }

    /// From the PAT bit, exclusive, up to the leaf's size.
    @HotPath
    private static long reservedInLargeLeaf(int shift) {
        return (1L << shift) - 1 & Pte.FRAME_MASK & ~Pte.PAT_LARGE;
    }

    @HotPath
    private static int levelDepth(int shift) {
        return (TOP_SHIFT - shift) / LEVEL_BITS;
    }
}
