package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;

import java.util.ArrayList;
import java.util.List;

/// The areas in which private pages of one origin may be mapped: the area that first got one, what
/// was split from it, and its copies in forked children. It decides which areas may merge, and it
/// is the way from a private page to everybody who may map it.
///
/// Linux: struct anon_vma, struct anon_vma_chain
///
/// An area keeps a chain of these: those inherited from its ancestors, oldest last, and its own
/// one, into which its new pages go ([VmArea#anonVma]). An area has none until its first private
/// page.
///
/// Invariants: `areas` holds exactly the areas whose chain contains this; `activeAreas` counts
/// those whose own one this is; `children` counts anon_vmas whose parent this is, itself included
/// for a root, as long as they have areas.
public final class AnonVma {
    private static final AnonVma[] NO_CHAIN = {};

    private final AnonVma parent;
    private final List<VmArea> areas = new ArrayList<>(2);
    private int children;
    private int activeAreas;

    private AnonVma(@Nullable AnonVma parent) {
        this.parent = parent == null ? this : parent;
        this.parent.children++;
    }

    /// Areas in which pages of this origin may be mapped, in the order of linking. Linux: rb_root
    public List<VmArea> areas() {
        return areas;
    }

    /// Gives an area its own anon_vma before its first private page, a neighbour's where possible.
    ///
    /// Linux: __anon_vma_prepare()
    public static void prepare(VmArea area, @Nullable AnonVma reusable) {
        if (area.anonVma != null) {
            return;
        }
        AnonVma own = reusable == null ? new AnonVma(null) : reusable;
        area.anonVma = own;
        own.activeAreas++;
        link(area, own);
    }

    /// A copy within the same address space (split, move) may hold the same pages. If it has no
    /// anon_vma of its own yet, one without active areas in the chain is taken.
    ///
    /// Linux: anon_vma_clone()
    public static void cloneChain(VmArea copy, VmArea original) {
        for (AnonVma inherited : original.anonChain) {
            link(copy, inherited);
            if (copy.anonVma == null
                    && original.anonVma != null
                    && inherited.children < 2
                    && inherited.activeAreas == 0) {
                copy.anonVma = inherited;
            }
        }
        if (copy.anonVma != null) {
            copy.anonVma.activeAreas++;
        }
    }

    /// As [#cloneChain], where the copy shares the original's own anon_vma too.
    public static void share(VmArea copy, VmArea original) {
        copy.anonVma = original.anonVma;
        cloneChain(copy, original);
    }

    /// A forked child's copy of an area: it inherits the chain and gets an own one in front.
    ///
    /// Linux: anon_vma_fork()
    public static void fork(VmArea child, VmArea parentArea) {
        AnonVma parentOwn = parentArea.anonVma;
        if (parentOwn == null) {
            return;
        }
        cloneChain(child, parentArea);
        if (child.anonVma == null) {
            AnonVma own = new AnonVma(parentOwn);
            own.activeAreas++;
            child.anonVma = own;
            link(child, own);
        }
    }

    /// Takes an area out of its whole chain. Linux: unlink_anon_vmas()
    public static void unlink(VmArea area) {
        for (AnonVma linked : area.anonChain) {
            if (!linked.areas.remove(area)) {
                throw new KernelBug("anon_vma does not know " + area);
            }
            if (linked.areas.isEmpty()) {
                linked.parent.children--;
            }
        }
        area.anonChain = NO_CHAIN;
        AnonVma own = area.anonVma;
        if (own != null) {
            own.activeAreas--;
            area.anonVma = null;
        }
    }

    /// Whether the area may hold pages that an ancestor process still shares. Linux:
    /// vma_had_uncowed_parents()
    public static boolean hasInherited(VmArea area) {
        return area.anonVma != null && area.anonChain.length != 1;
    }

    private static void link(VmArea area, AnonVma anonVma) {
        AnonVma[] chain = new AnonVma[area.anonChain.length + 1];
        System.arraycopy(area.anonChain, 0, chain, 0, chain.length - 1);
        chain[chain.length - 1] = anonVma;
        area.anonChain = chain;
        anonVma.areas.add(area);
    }

    static AnonVma[] noChain() {
        return NO_CHAIN;
    }
}
