package org.mshareemu.emulator.kernel.memmap;

import org.jspecify.annotations.Nullable;

/// A sparse array from page index to frame number: a radix tree with 64 slots a node whose height
/// follows the highest index, and a memory of the leaf used last.
///
/// Linux: struct xarray
///
/// Invariants: a leaf exists only while it holds a frame; `height` is the number of node levels
/// above the leaves and only grows until the tree is empty. Frame numbers are stored plus one, so
/// that 0 means absent.
final class FrameIndex {
    /// No frame at this index; no index from here on.
    static final long ABSENT = -1;

    private static final int SHIFT = 6;
    private static final int SLOTS = 1 << SHIFT;
    private static final int MASK = SLOTS - 1;

    private @Nullable Object root;
    private int height;
    private long size;
    private @Nullable Leaf lastLeaf;
    private long lastPrefix;

    private static final class Leaf {
        private final int[] frames = new int[SLOTS];
        private int used;
    }

    private static final class Node {
        private final @Nullable Object[] children = new @Nullable Object[SLOTS];
        private int used;
    }

    long size() {
        return size;
    }

    /// The frame at an index, or [#ABSENT].
    long get(long index) {
        Leaf leaf = findLeaf(index);
        return leaf == null ? ABSENT : leaf.frames[(int) index & MASK] - 1L;
    }

    /// Enters a frame at an index that holds none.
    void put(long index, long pfn) {
        Leaf leaf = allocLeaf(index);
        int slot = (int) index & MASK;
        if (leaf.frames[slot] != 0) {
            throw new IllegalStateException("index " + index + " is taken");
        }
        leaf.frames[slot] = (int) pfn + 1;
        leaf.used++;
        size++;
    }

    /// Takes out a frame and returns it, or [#ABSENT].
    long remove(long index) {
        Leaf leaf = findLeaf(index);
        int slot = (int) index & MASK;
        if (leaf == null || leaf.frames[slot] == 0) {
            return ABSENT;
        }
        long pfn = leaf.frames[slot] - 1L;
        leaf.frames[slot] = 0;
        size--;
        if (--leaf.used == 0) {
            lastLeaf = null;
            if (size == 0) {
                root = null;
                height = 0;
            } else {
                root = pruned(root, height, index);
            }
        }
        return pfn;
    }

    /// The lowest index at or above `from` that holds a frame, or [#ABSENT].
    long next(long from) {
        if (root == null
                || from < 0
                || (height < 10 && (from >>> SHIFT >>> (SHIFT * height)) != 0)) {
            return ABSENT;
        }
        return nextIn(root, height, from, 0);
    }

    private static long nextIn(Object node, int level, long from, long base) {
        int shift = SHIFT * level;
        int first = base > from ? 0 : (int) (from >>> shift) & MASK;
        if (node instanceof Leaf leaf) {
            for (int slot = first; slot < SLOTS; slot++) {
                if (leaf.frames[slot] != 0) {
                    return base + slot;
                }
            }
            return ABSENT;
        }
        Node inner = (Node) node;
        for (int slot = first; slot < SLOTS; slot++) {
            Object child = inner.children[slot];
            if (child == null) {
                continue;
            }
            // Below the path of `from` everything counts, so later children start at their own
            // base.
            long childBase = base + ((long) slot << shift);
            long found = nextIn(child, level - 1, Math.max(from, childBase), childBase);
            if (found != ABSENT) {
                return found;
            }
        }
        return ABSENT;
    }

    private @Nullable Leaf findLeaf(long index) {
        long prefix = index >>> SHIFT;
        Leaf last = lastLeaf;
        if (last != null && lastPrefix == prefix) {
            return last;
        }
        Object node = root;
        if (node == null || (prefix >>> (SHIFT * height)) != 0) {
            return null;
        }
        for (int level = height; level > 0; level--) {
            node = ((Node) node).children[(int) (index >>> (SHIFT * level)) & MASK];
            if (node == null) {
                return null;
            }
        }
        Leaf leaf = (Leaf) node;
        lastLeaf = leaf;
        lastPrefix = prefix;
        return leaf;
    }

    private Leaf allocLeaf(long index) {
        Leaf found = findLeaf(index);
        if (found != null) {
            return found;
        }
        if (root == null) {
            height = heightFor(index);
        }
        while (heightFor(index) > height) {
            Node above = new Node();
            if (root != null) {
                above.children[0] = root;
                above.used = 1;
            }
            root = above;
            height++;
        }
        Object node = root;
        if (node == null) {
            node = newNode(height);
            root = node;
        }
        for (int level = height; level > 0; level--) {
            Node inner = (Node) node;
            int slot = (int) (index >>> (SHIFT * level)) & MASK;
            Object child = inner.children[slot];
            if (child == null) {
                child = newNode(level - 1);
                inner.children[slot] = child;
                inner.used++;
            }
            node = child;
        }
        Leaf leaf = (Leaf) node;
        lastLeaf = leaf;
        lastPrefix = index >>> SHIFT;
        return leaf;
    }

    private static Object newNode(int level) {
        return level == 0 ? new Leaf() : new Node();
    }

    private static int heightFor(long index) {
        int levels = 0;
        for (long prefix = index >>> SHIFT; prefix != 0; prefix >>>= SHIFT) {
            levels++;
        }
        return levels;
    }

    /// The subtree without the empty leaf of `index`, or null if nothing is left of it.
    private static @Nullable Object pruned(@Nullable Object node, int level, long index) {
        if (node == null || node instanceof Leaf) {
            return null;
        }
        Node inner = (Node) node;
        int slot = (int) (index >>> (SHIFT * level)) & MASK;
        Object child = pruned(inner.children[slot], level - 1, index);
        if (child == null) {
            inner.children[slot] = null;
            inner.used--;
        }
        return inner.used == 0 ? null : inner;
    }
}
