package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A name in a directory, with what it stands for. There are no negative entries.
///
/// Linux: struct dentry
///
/// For file systems that live in memory the tree of entries *is* the directory; for others it is a
/// cache that [Inode#revalidate] keeps honest. The file system never edits the tree: the functions
/// of [NameChanges] do, after the file system has agreed.
public final class Dentry {
    private final SuperBlock superBlock;
    private final Inode inode;
    private String name;
    private @Nullable Dentry parent;
    private boolean hashed;
    private final @Nullable Map<String, Dentry> children;
    private final @Nullable TreeMap<Long, Dentry> order;
    private long nextSequence = 3;
    private long sequence;
    private final List<Mount> mounts = new ArrayList<>(0);

    private Dentry(SuperBlock superBlock, @Nullable Dentry parent, String name, Inode inode) {
        this.superBlock = superBlock;
        this.parent = parent;
        this.name = name;
        this.inode = inode;
        boolean directory = inode.isDirectory();
        this.children = directory ? new HashMap<>() : null;
        this.order = directory ? new TreeMap<>() : null;
    }

    /// The root of a super block. Linux: d_make_root()
    public static Dentry root(SuperBlock superBlock, Inode inode) {
        Dentry root = new Dentry(superBlock, null, "/", inode);
        root.hashed = true;
        inode.named();
        return root;
    }

    /// An entry that no directory holds: O_TMPFILE, pipes, anonymous files. Linux: d_alloc_anon(),
    /// d_tmpfile()
    public static Dentry unnamed(SuperBlock superBlock, String name, Inode inode) {
        return new Dentry(superBlock, null, name, inode);
    }

    public SuperBlock superBlock() {
        return superBlock;
    }

    public Inode inode() {
        return inode;
    }

    public String name() {
        return name;
    }

    /// The directory it is in; for a root the entry itself.
    public Dentry parent() {
        return parent == null ? this : parent;
    }

    /// Whether it is the root of its super block, or unnamed.
    public boolean isRoot() {
        return parent == null;
    }

    /// Whether the name is gone. Linux: d_unlinked()
    public boolean isDeleted() {
        return !hashed && parent != null;
    }

    /// Whether no directory ever held it or its directory gave it up. Linux: d_unhashed()
    public boolean isUnhashed() {
        return !hashed;
    }

    /// Position of the entry in its directory, for readdir: it grows with each entry added.
    public long sequence() {
        return sequence;
    }

    /// The child of that name: from the cache, or asked of the file system. Linux: lookup_one(),
    /// d_revalidate()
    ///
    /// @return null if there is no such name
    public @Nullable Dentry lookup(String childName, CallerContext caller) throws ErrnoException {
        Map<String, Dentry> known = children;
        if (known == null) {
            throw Errno.ENOTDIR.exception();
        }
        if (childName.length() > Names.NAME_MAX) {
            throw Errno.ENAMETOOLONG.exception();
        }
        Dentry child = known.get(childName);
        if (child != null) {
            if (child.inode.revalidate(child)) {
                return child;
            }
            child.drop();
        }
        if (isUnhashed() && parent != null) {
            return null;
        }
        Inode found = inode.lookup(this, childName, caller);
        if (found == null) {
            return null;
        }
        if (!inode.isCachingNames()) {
            Dentry passing = new Dentry(superBlock, this, childName, found);
            passing.hashed = true;
            return passing;
        }
        return add(childName, found);
    }

    /// The cached child of that name, or null; the file system is not asked.
    public @Nullable Dentry cached(String childName) {
        Map<String, Dentry> known = children;
        return known == null ? null : known.get(childName);
    }

    /// Whether any name is cached. Linux: simple_empty(), for file systems that live in memory
    public boolean hasChildren() {
        Map<String, Dentry> known = children;
        return known != null && !known.isEmpty();
    }

    /// The cached children in the order of their [#sequence].
    public List<Dentry> childList() {
        TreeMap<Long, Dentry> known = order;
        return known == null ? List.of() : List.copyOf(known.values());
    }

    /// The newest cached child whose sequence is not above `limit`, or null: readdir goes from the
    /// newest to the oldest, as Linux's file systems in memory do.
    public @Nullable Dentry childUpTo(long limit) {
        TreeMap<Long, Dentry> known = order;
        Map.Entry<Long, Dentry> entry = known == null ? null : known.floorEntry(limit);
        return entry == null ? null : entry.getValue();
    }

    /// Adds a name. Linux: d_instantiate(), d_add()
    public Dentry add(String childName, Inode child) {
        Dentry dentry = new Dentry(superBlock, this, childName, child);
        dentry.attach(this, childName);
        return dentry;
    }

    /// An entry of this directory that has no name in it (O_TMPFILE). Linux: d_mark_tmpfile()
    Dentry unlinkedChild(String childName, Inode child) {
        return new Dentry(superBlock, this, childName, child);
    }

    private void attach(Dentry directory, String newName) {
        parent = directory;
        name = newName;
        Map<String, Dentry> names = directory.children;
        TreeMap<Long, Dentry> sequences = directory.order;
        if (names == null || sequences == null) {
            throw new KernelBug("entry in something that is no directory");
        }
        names.put(newName, this);
        sequence = directory.nextSequence++;
        sequences.put(sequence, this);
        hashed = true;
        inode.named();
    }

    private void detach() {
        Dentry directory = parent;
        if (directory == null || !hashed) {
            return;
        }
        Map<String, Dentry> names = directory.children;
        TreeMap<Long, Dentry> sequences = directory.order;
        if (names != null && sequences != null && names.get(name) == this) {
            names.remove(name);
            sequences.remove(sequence);
            hashed = false;
            inode.unnamed();
        }
        hashed = false;
    }

    /// Removes the name (and everything cached below it); whoever stands on it keeps standing.
    /// Linux: d_delete(), d_drop()
    public void drop() {
        for (Dentry child : childList()) {
            child.drop();
        }
        detach();
    }

    /// Moves the entry to another directory or name, over nothing. Linux: d_move()
    public void move(Dentry directory, String newName) {
        inode.acquire();
        detach();
        attach(directory, newName);
        inode.release();
    }

    /// Exchanges two entries. Linux: d_exchange()
    public void exchange(Dentry other) {
        Dentry directory = parent();
        String ownName = name;
        Dentry otherDirectory = other.parent();
        String otherName = other.name;
        inode.acquire();
        other.inode.acquire();
        detach();
        other.detach();
        attach(otherDirectory, otherName);
        other.attach(directory, ownName);
        other.inode.release();
        inode.release();
    }

    /// Whether this entry is `ancestor` or lies below it. Linux: is_subdir()
    public boolean isBelow(Dentry ancestor) {
        for (Dentry at = this; ; at = at.parent()) {
            if (at == ancestor) {
                return true;
            }
            if (at.isRoot()) {
                return false;
            }
        }
    }

    /// What is mounted here as seen through a mount, or null. Linux: lookup_mnt()
    public @Nullable Mount mountedOn(Mount through) {
        for (Mount mount : mounts) {
            if (mount.parent() == through) {
                return mount;
            }
        }
        return null;
    }

    /// Whether anything is mounted here. Linux: d_mountpoint()
    public boolean isMountPoint() {
        return !mounts.isEmpty();
    }

    void addMount(Mount mount) {
        mounts.add(mount);
    }

    void removeMount(Mount mount) {
        mounts.remove(mount);
    }

    @Override
    public String toString() {
        return isRoot() ? name : parent() + "/" + name;
    }
}
