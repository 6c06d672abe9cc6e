package org.mshareemu.emulator.kernel.vfs.overlay;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.DirectoryEntry;
import org.mshareemu.emulator.kernel.vfs.ExtendedAttributes;
import org.mshareemu.emulator.kernel.vfs.FileOperations;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.ListedDirectory;
import org.mshareemu.emulator.kernel.vfs.MemoryAttributes;
import org.mshareemu.emulator.kernel.vfs.MemoryDirectory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A directory of the union. Entries in the directory cache are what counts; the others are those
/// of the directory below, but for the names in `removed`, which Linux would mark by whiteouts. A
/// directory made new has nothing below.
final class OverlayDirectory extends MemoryDirectory implements ListedDirectory {
    private final OverlaySuperBlock overlay;
    private final @Nullable Below below;
    private final Set<String> removed = new HashSet<>();
    private final MemoryAttributes attributes = new MemoryAttributes();

    /// A new directory.
    OverlayDirectory(OverlaySuperBlock overlay, int fullMode, int uid, int gid) {
        super(overlay, overlay.newNumber(), fullMode, uid, gid);
        this.overlay = overlay;
        this.below = null;
    }

    /// A directory that is below.
    OverlayDirectory(OverlaySuperBlock overlay, Below below) {
        super(
                overlay,
                below.status().inodeNumber(),
                below.status().mode(),
                below.status().uid(),
                below.status().gid());
        this.overlay = overlay;
        this.below = below;
        below.copyTo(this);
        setSize(below.status().sizeBytes());
    }

    @Override
    public FileOperations fileOperations() {
        return ListedDirectory.OPERATIONS;
    }

    @Override
    public ExtendedAttributes extendedAttributes() {
        return attributes;
    }

    @Override
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        Dentry lower = findBelow(name, caller);
        return lower == null ? null : overlay.wrap(lower);
    }

    private @Nullable Dentry findBelow(String name, CallerContext caller) throws ErrnoException {
        Below lower = below;
        return lower == null || removed.contains(name) ? null : lower.dentry().lookup(name, caller);
    }

    /// The entry of that name below, if there is one, is not seen any more.
    private void hide(String name, CallerContext caller) throws ErrnoException {
        if (findBelow(name, caller) != null) {
            removed.add(name);
        }
    }

    @Override
    public List<DirectoryEntry> list(Dentry directory, CallerContext caller) throws ErrnoException {
        List<DirectoryEntry> entries = new ArrayList<>();
        Below lower = below;
        if (lower != null && lower.dentry().inode() instanceof ListedDirectory listed) {
            for (DirectoryEntry entry : listed.list(lower.dentry(), caller)) {
                String name = entry.name();
                if (!removed.contains(name) && directory.cached(name) == null) {
                    entries.add(entry);
                }
            }
        }
        for (Dentry child : directory.childList()) {
            Inode inode = child.inode();
            entries.add(
                    new DirectoryEntry(
                            child.name(), inode.number(), Stat.directoryType(inode.mode())));
        }
        entries.sort(Comparator.comparing(DirectoryEntry::name));
        return entries;
    }

    private static int owner(CallerContext caller) {
        return caller.credentials().fsuid();
    }

    private int group(CallerContext caller) {
        return Attributes.newGroup(this, caller);
    }

    private Inode added(Inode made) {
        entryAdded(made);
        return made;
    }

    @Override
    public Inode create(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        return added(new OverlayFile(overlay, fullMode, owner(caller), group(caller)));
    }

    @Override
    public Inode mkdir(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        return added(new OverlayDirectory(overlay, fullMode, owner(caller), group(caller)));
    }

    @Override
    public Inode symlink(Dentry directory, String name, String target, CallerContext caller)
            throws ErrnoException {
        return added(new OverlaySymlink(overlay, owner(caller), group(caller), target));
    }

    @Override
    public Inode mknod(
            Dentry directory, String name, int fullMode, long device, CallerContext caller)
            throws ErrnoException {
        return added(new OverlayNode(overlay, fullMode, owner(caller), group(caller), device));
    }

    @Override
    public Inode tmpfile(Dentry directory, int fullMode, CallerContext caller)
            throws ErrnoException {
        return new OverlayFile(overlay, fullMode, owner(caller), group(caller));
    }

    @Override
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        hide(victim.name(), caller);
        super.unlink(victim, caller);
    }

    @Override
    public void rmdir(Dentry victim, CallerContext caller) throws ErrnoException {
        checkEmpty(victim, caller);
        super.rmdir(victim, caller);
    }

    private static void checkEmpty(Dentry victim, CallerContext caller) throws ErrnoException {
        if (victim.inode() instanceof OverlayDirectory directory
                && !directory.list(victim, caller).isEmpty()) {
            throw Errno.ENOTEMPTY.exception();
        }
    }

    @Override
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        boolean exchange = (flags & Fcntl.RENAME_EXCHANGE) != 0;
        if (target != null && !exchange) {
            checkEmpty(target, caller);
        }
        super.rename(source, newDirectory, newName, target, flags & ~Fcntl.RENAME_WHITEOUT, caller);
        if (!exchange) {
            hide(source.name(), caller);
        }
    }

    @Override
    public Inode whiteout(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        return mknod(directory, name, Stat.S_IFCHR, 0, caller);
    }

    @Override
    protected void evict() {
        Below lower = below;
        if (lower != null) {
            overlay.forget(lower);
        }
    }
}
