package org.mshareemu.emulator.cpu;

import org.mshareemu.emulator.unicorn.EngineCallbacks;
import org.mshareemu.mmu.annotation.HotPath;
import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.FrameTable;
import org.mshareemu.mmu.phys.PhysicalMemory;

/// Answers a vCPU's TLB misses: walk, on a miss ask the kernel and walk again, then grant.
///
/// A grant is exact: nothing is granted that the walk did not record in the A and D bits. It also
/// keeps writes and translated code apart, for the engine notices only the first store to a page
/// after its TLB entry was made, and no store of another engine. Two flags per frame, for all vCPUs
/// together:
///
/// - `WRITE_GRANTED`: some TLB may hold a writable entry of the frame
/// - `EXECUTED`: some engine may hold translated code of the frame, or an executable entry
///
/// Never both: a fetch of a frame with the former flushes every TLB first; a write to a frame with
/// the latter drops its code from every engine first.
final class TlbFiller {
    /// More answers of [FaultOutcome#RETRY] or RESOLVED than any way to a page can need.
    private static final int MAX_ATTEMPTS = 16;

    private final Vcpu vcpu;
    private final Cpus cpus;
    private final PageWalker walker;
    private final FrameTable frames;
    private final TrapHandler handler;
    private final StoreIntent storeIntent;
    private final TlbGrowth growth = new TlbGrowth();

    private long fills;
    private long faults;

    /// The page-fault error code of the last refused fill, or [#NON_CANONICAL].
    private int refusal;

    private int refusedAccess;
    private long refusedPage;

    /// The refused fill was a write to the frame whose code is running.
    private boolean refusedOwnCode;

    /// Blocks are single instructions in this run, as it began with the trap flag set.
    private boolean stepping;

    static final int NON_CANONICAL = -1;

    TlbFiller(
            Vcpu vcpu,
            Cpus cpus,
            PhysicalMemory memory,
            FrameTable frames,
            PageWalker walker,
            TrapHandler handler) {
        this.vcpu = vcpu;
        this.cpus = cpus;
        this.walker = walker;
        this.frames = frames;
        this.storeIntent = new StoreIntent(memory, walker);
        this.handler = handler;
    }

    @HotPath
    void beginRun(boolean withTrapFlag) {
        stepping = withTrapFlag;
        refusedOwnCode = false;
    }

    /// Answers as [EngineCallbacks#fill].
    @HotPath
    long fill(long root, long vaddr, int access) {
        fills++;
        int request = PageFaultError.USER;
        if (access == EngineCallbacks.ACCESS_WRITE) {
            request |= PageFaultError.WRITE;
        } else if (access == EngineCallbacks.ACCESS_FETCH) {
            request |= PageFaultError.FETCH;
        }
        long result = walker.walk(root, vaddr, request);
        if (!WalkResult.isTranslated(result)) {
            result = resolve(root, vaddr, request, result);
            if (!WalkResult.isTranslated(result)) {
                refusedAccess = access;
                refusedPage = vaddr;
                return EngineCallbacks.FILL_FAULT;
            }
        }
        if (growth.countFill()) {
            vcpu.flushToGrow();
        }
        return grant(root, result, access);
    }

    private long resolve(long root, long vaddr, int walked, long missed) {
        int request = walked;
        long result = missed;
        if (request == PageFaultError.USER
                && storeIntent.writesWhatItReads(root, vcpu.liveRegister(Register.RIP))) {
            request |= PageFaultError.WRITE;
            result = walker.walk(root, vaddr, request);
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (result == WalkResult.NON_CANONICAL) {
                refusal = NON_CANONICAL;
                return result;
            }
            faults++;
            refusal = WalkResult.errorCode(result);
            FaultOutcome outcome = handler.pageFault(vaddr, refusal);
            // What the kernel asked to be flushed must be gone before guest code goes on.
            vcpu.flushIfPending();
            if (outcome == FaultOutcome.SIGNAL) {
                return result;
            }
            result = walker.walk(root, vaddr, request);
            if (WalkResult.isTranslated(result)) {
                return result;
            }
        }
        throw new IllegalStateException(
                String.format(
                        "page fault at 0x%x, error code 0x%x, still there after %d answers that it"
                                + " is resolved",
                        vaddr, WalkResult.errorCode(result), MAX_ATTEMPTS));
    }

    @HotPath
    private long grant(long root, long result, int access) {
        long pfn = WalkResult.pfn(result);
        long frame = WalkResult.framePaddr(result) | EngineCallbacks.GRANT_READ;
        int flags = frames.flags(pfn);
        if (access == EngineCallbacks.ACCESS_FETCH) {
            if ((flags & FrameTable.WRITE_GRANTED) != 0) {
                cpus.revokeWrites(vcpu, pfn);
            }
            if ((flags & FrameTable.EXECUTED) == 0) {
                frames.setFlags(pfn, FrameTable.EXECUTED);
            }
            return frame | EngineCallbacks.GRANT_EXECUTE;
        }
        if (access == EngineCallbacks.ACCESS_WRITE) {
            if ((flags & FrameTable.EXECUTED) != 0) {
                if (!stepping && isRunning(root, pfn)) {
                    refusedOwnCode = true;
                    return EngineCallbacks.FILL_FAULT;
                }
                cpus.frameWritten(pfn);
            }
        } else if (!WalkResult.isWriteCacheable(result) || (flags & FrameTable.EXECUTED) != 0) {
            return frame;
        }
        if ((flags & FrameTable.WRITE_GRANTED) == 0) {
            frames.setFlags(pfn, FrameTable.WRITE_GRANTED);
        }
        return frame | EngineCallbacks.GRANT_WRITE;
    }

    /// Whether the running block may stand in this frame: in RIP's page, or in the next with the
    /// end of its last instruction.
    private boolean isRunning(long root, long pfn) {
        long rip = vcpu.liveRegister(Register.RIP);
        return isMapped(root, rip, pfn) || isMapped(root, rip + PhysicalMemory.PAGE_SIZE, pfn);
    }

    private boolean isMapped(long root, long vaddr, long pfn) {
        long result = walker.peek(root, vaddr, PageFaultError.USER | PageFaultError.FETCH);
        return WalkResult.isTranslated(result) && WalkResult.pfn(result) == pfn;
    }

    /// The TLB was flushed for a reason other than growth.
    void flushed() {
        growth.flushed();
    }

    int refusal() {
        return refusal;
    }

    boolean refusedFetch() {
        return refusedAccess == EngineCallbacks.ACCESS_FETCH;
    }

    boolean refusedOwnCode() {
        return refusedOwnCode;
    }

    long refusedPage() {
        return refusedPage;
    }

    long fills() {
        return fills;
    }

    long faults() {
        return faults;
    }
}
