package org.mshareemu.emulator.kernel.vfs.pseudo;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A directory of entries that stay: each is held for as long as the directory is.
public class FixedDirectory extends ListedDirectory {
    private final TreeMap<String, Inode> entries;
    private final LinkCount linkCount;

    /// How st_nlink comes about.
    public enum LinkCount {
        /// Two and one for each directory in it.
        DIRECTORIES,
        /// Always one. Linux: the directories of /proc/sys
        ONE
    }

    /// @param order in which names are listed
    public FixedDirectory(
            SuperBlock superBlock,
            long number,
            int permissions,
            Comparator<String> order,
            LinkCount linkCount) {
        super(superBlock, number, permissions, 0, 0, linkCount == LinkCount.ONE ? 1 : 2);
        this.entries = new TreeMap<>(order);
        this.linkCount = linkCount;
    }

    /// Adds an entry, which must be new.
    public final void add(String name, Inode inode) {
        if (entries.putIfAbsent(name, inode) != null) {
            throw new KernelBug("entry added twice: " + name);
        }
        inode.acquire();
        if (inode.isDirectory() && linkCount == LinkCount.DIRECTORIES) {
            setLinkCount(super.linkCount() + 1);
        }
    }

    /// The entry of that name or null.
    public final @Nullable Inode find(String name) {
        return entries.get(name);
    }

    @Override
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        return find(name);
    }

    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        List<Map.Entry<String, Inode>> listed = new ArrayList<>(entries.entrySet());
        for (long at = Math.max(from, FIRST); at - FIRST < listed.size(); at++) {
            Map.Entry<String, Inode> entry = listed.get((int) (at - FIRST));
            Inode inode = entry.getValue();
            if (!lister.offer(entry.getKey(), inode.number(), inode.type(), at + 1)) {
                return;
            }
        }
    }

    /// Entries there are.
    protected final int entryCount() {
        return entries.size();
    }
}
