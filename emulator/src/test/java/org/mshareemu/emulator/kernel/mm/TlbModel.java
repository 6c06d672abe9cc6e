package org.mshareemu.emulator.kernel.mm;

import org.mshareemu.mmu.paging.PageFaultError;
import org.mshareemu.mmu.paging.PageWalker;
import org.mshareemu.mmu.paging.PagingControls;
import org.mshareemu.mmu.paging.WalkResult;
import org.mshareemu.mmu.phys.PhysicalMemory;
import org.mshareemu.mmu.tlb.TlbInvalidator;

import java.util.HashMap;
import java.util.Map;

/// A TLB that never forgets on its own: what was used stays until it is flushed. An entry that
/// grants more than the tables do now was forgotten by a flush.
final class TlbModel implements TlbInvalidator {
    private final PageWalker walker;
    private final Map<Key, Long> cached = new HashMap<>();
    int flushes;

    private record Key(long root, long page) {}

    TlbModel(PhysicalMemory memory) {
        walker = new PageWalker(memory, PagingControls.LINUX);
    }

    /// A user access went through: remembers what a CPU would.
    void used(long root, long vaddr) {
        long result = walker.peek(root, vaddr & -4096, PageFaultError.USER);
        if (WalkResult.isTranslated(result)) {
            cached.put(new Key(root, vaddr & -4096), result);
        }
    }

    void verify() {
        cached.forEach((key, before) -> {
            long now = walker.peek(key.root, key.page, PageFaultError.USER);
            boolean isStale =
                    !WalkResult.isTranslated(now)
                            || WalkResult.pfn(now) != WalkResult.pfn(before)
                            || (WalkResult.isWritable(before) && !WalkResult.isWritable(now))
                            || (WalkResult.isExecutable(before) && !WalkResult.isExecutable(now));
            if (isStale) {
                throw new AssertionError(
                        "stale translation of %x under root %x: %x, now %x"
                                .formatted(key.page, key.root, before, now));
            }
        });
    }

    @Override
    public void flushAddressSpace(long root) {
        flushes++;
        cached.keySet().removeIf(key -> key.root == root);
    }

    @Override
    public void flushAll() {
        flushes++;
        cached.clear();
    }
}
