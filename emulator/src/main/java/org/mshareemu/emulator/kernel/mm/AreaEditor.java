package org.mshareemu.emulator.kernel.mm;

import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_ACCESS_FLAGS;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_SPECIAL;
import static org.mshareemu.emulator.kernel.memmap.VmFlags.VM_STICKY;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.memmap.AnonVma;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;

import java.util.Objects;

/// Inserts, removes, splits and merges the areas of one address space. Pages and sizes are not
/// touched here: an area's entries stay where they are when its borders move over them.
///
/// Linux: mm/vma.c
final class AreaEditor {
    private final Mm mm;
    private final VmAreaTree tree;

    AreaEditor(Mm mm, VmAreaTree tree) {
        this.mm = mm;
        this.tree = tree;
    }

    /// Adds an area whose file reference, if any, is already taken. Linux: vma_link()
    void insert(VmArea area) {
        tree.insert(area);
        PageCache pages = area.pages();
        if (pages != null) {
            pages.attach(area);
        }
    }

    /// Removes an area whose entries are gone: operations are told, the file is released. Linux:
    /// remove_vma() after detaching
    void remove(VmArea area) {
        tree.remove(area);
        detachPages(area);
        AnonVma.unlink(area);
        area.operations().close(area);
        releaseFile(area);
    }

    /// Undoes an area that was never inserted.
    void discard(VmArea area) {
        AnonVma.unlink(area);
        releaseFile(area);
    }

    /// Cuts an area; the returned one begins at `vaddr`. Linux: split_vma()
    ///
    /// @throws ErrnoException ENOMEM at the limit of areas; what the operations object to
    VmArea split(VmArea area, long vaddr) throws ErrnoException {
        if (tree.size() >= mm.context().maxMapCount()) {
            throw Errno.ENOMEM.exception();
        }
        return splitOverLimit(area, vaddr);
    }

    /// As [#split], where munmap may exceed the limit for a moment. Linux: __split_vma()
    VmArea splitOverLimit(VmArea area, long vaddr) throws ErrnoException {
        area.operations().maySplit(area, vaddr);
        VmArea upper = area.copyFor(mm);
        upper.setRange(vaddr, area.end(), area.pageOffsetAt(vaddr));
        AnonVma.share(upper, area);
        Mappable file = upper.file();
        if (file != null) {
            file.acquire();
        }
        tree.setRange(area, area.start(), vaddr, area.pageOffset());
        insert(upper);
        upper.operations().open(upper);
        return upper;
    }

    /// Gives a part of an area other flags: merges with what it then equals, else splits. The
    /// returned area covers the part and still has its old flags unless it was merged.
    ///
    /// Linux: vma_modify_flags()
    VmArea modifyFlags(VmArea area, long start, long end, long newFlags) throws ErrnoException {
        VmArea merged = mergeExisting(area, start, end, newFlags);
        if (merged != null) {
            return merged;
        }
        VmArea part = area;
        if (part.start() < start) {
            part = split(part, start);
        }
        if (part.end() > end) {
            split(part, end);
        }
        return part;
    }

    /// Lets a neighbour take over a range in which nothing is yet. Linux: vma_merge_new_range()
    ///
    /// @return the grown area, or null if none fits
    @Nullable VmArea mergeNew(MergeSpec spec) {
        if ((spec.vmFlags() & VM_SPECIAL) != 0) {
            return null;
        }
        VmArea previous = mergeableLeft(spec);
        VmArea next = spec.growth() == MergeSpec.Growth.BOTH_SIDES ? mergeableRight(spec) : null;
        if (previous != null && next != null) {
            if (!areAnonCompatible(previous, next) || next.operations().needsClose()) {
                next = null;
            }
        }
        if (previous != null) {
            long end = spec.end();
            if (next != null) {
                end = next.end();
                adoptAnon(previous, next);
                removeMerged(next, previous);
            }
            inheritSticky(previous, spec.vmFlags());
            adoptSource(previous, spec);
            tree.setRange(previous, previous.start(), end, previous.pageOffset());
            return previous;
        }
        if (next != null) {
            inheritSticky(next, spec.vmFlags());
            adoptSource(next, spec);
            tree.setRange(next, spec.start(), next.end(), spec.pageOffset());
        }
        return next;
    }

    /// The previous area if it can grow over the range. Linux: can_vma_merge_left()
    private static @Nullable VmArea mergeableLeft(MergeSpec spec) {
        VmArea previous = spec.previous();
        return previous != null && canMergeLeft(spec, previous) ? previous : null;
    }

    /// The next area if it can grow over the range. Linux: can_vma_merge_right()
    private static @Nullable VmArea mergeableRight(MergeSpec spec) {
        VmArea next = spec.next();
        return next != null && canMergeRight(spec, next) ? next : null;
    }

    /// Linux: vma_merge_existing_range()
    private @Nullable VmArea mergeExisting(VmArea middle, long start, long end, long newFlags) {
        boolean leftSide = start == middle.start();
        boolean rightSide = end == middle.end();
        if ((newFlags & VM_SPECIAL) != 0 || (!leftSide && !rightSide)) {
            return null;
        }
        VmArea previous = leftSide ? tree.previous(middle) : middle;
        VmArea next = rightSide ? tree.next(middle) : null;
        MergeSpec spec =
                new MergeSpec(
                        previous,
                        next,
                        start,
                        end,
                        newFlags,
                        middle.pageOffsetAt(start),
                        middle.file(),
                        middle.anonVma(),
                        middle,
                        MergeSpec.Growth.BOTH_SIDES);
        VmArea left = leftSide ? mergeableLeft(spec) : null;
        VmArea right = mergeableRight(spec);
        if (left != null && right != null && !areAnonCompatible(left, right)) {
            right = null;
        }
        boolean removesMiddle = leftSide && rightSide;
        if (removesMiddle && middle.operations().needsClose()) {
            return null;
        }
        if (left != null) {
            if (right != null && right.operations().needsClose()) {
                right = null;
            }
            return mergeIntoPrevious(left, middle, right, end, removesMiddle);
        }
        return right == null ? null : mergeIntoNext(middle, right, start, removesMiddle);
    }

    private VmArea mergeIntoPrevious(
            VmArea previous,
            VmArea middle,
            @Nullable VmArea next,
            long end,
            boolean removesMiddle) {
        if (next != null) {
            adoptAnon(previous, next.anonVma() != null ? next : middle);
            long newEnd = next.end();
            removeMerged(middle, previous);
            removeMerged(next, previous);
            tree.setRange(previous, previous.start(), newEnd, previous.pageOffset());
            return previous;
        }
        inheritSticky(previous, middle.flags());
        adoptAnon(previous, middle);
        if (removesMiddle) {
            removeMerged(middle, previous);
        } else {
            tree.setRange(middle, end, middle.end(), middle.pageOffsetAt(end));
        }
        tree.setRange(previous, previous.start(), end, previous.pageOffset());
        return previous;
    }

    private VmArea mergeIntoNext(VmArea middle, VmArea next, long start, boolean removesMiddle) {
        inheritSticky(next, middle.flags());
        adoptAnon(next, middle);
        long pageOffset = next.pageOffset() - ((next.start() - start) >>> 12);
        if (removesMiddle) {
            removeMerged(middle, next);
        } else {
            tree.setRange(middle, middle.start(), start, middle.pageOffset());
        }
        tree.setRange(next, start, next.end(), pageOffset);
        return next;
    }

    /// An area whose range another one takes over; it needs no close, so none is called.
    private void removeMerged(VmArea area, VmArea heir) {
        inheritSticky(heir, area.flags());
        tree.remove(area);
        detachPages(area);
        AnonVma.unlink(area);
        releaseFile(area);
    }

    private static void inheritSticky(VmArea heir, long flags) {
        heir.setFlags(heir.flags() | (flags & VM_STICKY));
    }

    /// Linux: can_vma_merge_after()
    private static boolean canMergeLeft(MergeSpec spec, VmArea previous) {
        return previous.end() == spec.start()
                && isMergeable(spec, previous)
                && previous.pageOffset() + previous.sizePages() == spec.pageOffset();
    }

    /// Linux: can_vma_merge_before()
    private static boolean canMergeRight(MergeSpec spec, VmArea next) {
        return next.start() == spec.end()
                && isMergeable(spec, next)
                && next.pageOffset() == spec.pageOffset() + ((spec.end() - spec.start()) >>> 12);
    }

    /// Linux: is_mergeable_vma()
    private static boolean isMergeable(MergeSpec spec, VmArea neighbour) {
        return ((spec.vmFlags() ^ neighbour.flags()) & ~VM_STICKY) == 0
                && Objects.equals(spec.file(), neighbour.file())
                && isMergeableAnon(spec, neighbour);
    }

    /// Linux: is_mergeable_anon_vma(). Areas that inherited pages from a parent process keep their
    /// own lineage, or everybody's pages would be looked for everywhere.
    private static boolean isMergeableAnon(MergeSpec spec, VmArea neighbour) {
        AnonVma own = spec.anonVma();
        AnonVma theirs = neighbour.anonVma();
        if (theirs == null && own != null) {
            VmArea source = spec.source();
            return source == null || !AnonVma.hasInherited(source);
        }
        if (theirs != null && own == null) {
            return !AnonVma.hasInherited(neighbour);
        }
        return own == theirs;
    }

    /// Linux: are_anon_vmas_compatible()
    private static boolean areAnonCompatible(VmArea first, VmArea second) {
        AnonVma a = first.anonVma();
        AnonVma b = second.anonVma();
        return a == null || b == null || a == b;
    }

    /// Linux: dup_anon_vma()
    private static void adoptAnon(VmArea target, VmArea source) {
        if (target != source && target.anonVma() == null && source.anonVma() != null) {
            AnonVma.share(target, source);
        }
    }

    private static void adoptSource(VmArea target, MergeSpec spec) {
        VmArea source = spec.source();
        if (source != null) {
            adoptAnon(target, source);
        }
    }

    /// Gives an area its anon_vma before its first private page. Linux: anon_vma_prepare()
    void prepareAnon(VmArea area) {
        if (area.anonVma() == null) {
            AnonVma.prepare(area, findReusableAnon(area));
        }
    }

    /// Linux: find_mergeable_anon_vma()
    private @Nullable AnonVma findReusableAnon(VmArea area) {
        VmArea next = tree.next(area);
        if (next != null && isReusableFrom(next, area, next)) {
            return next.anonVma();
        }
        VmArea previous = tree.previous(area);
        if (previous != null && isReusableFrom(previous, previous, area)) {
            return previous.anonVma();
        }
        return null;
    }

    /// Linux: reusable_anon_vma(), anon_vma_compatible()
    private static boolean isReusableFrom(VmArea owner, VmArea a, VmArea b) {
        return owner.anonVma() != null
                && !AnonVma.hasInherited(owner)
                && a.end() == b.start()
                && Objects.equals(a.file(), b.file())
                && ((a.flags() ^ b.flags()) & ~(VM_ACCESS_FLAGS | VM_STICKY)) == 0
                && b.pageOffset() == a.pageOffset() + a.sizePages();
    }

    private static void detachPages(VmArea area) {
        PageCache pages = area.pages();
        if (pages != null) {
            pages.detach(area);
        }
    }

    private static void releaseFile(VmArea area) {
        Mappable file = area.file();
        if (file != null) {
            file.release();
        }
    }
}
