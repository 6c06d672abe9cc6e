package org.mshareemu.emulator.kernel.vfs.hostfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.AttributeChange;
import org.mshareemu.emulator.kernel.vfs.Attributes;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileStatus;
import org.mshareemu.emulator.kernel.vfs.Inode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/// A file of the host. It knows where it was last seen: a name in a directory that is known the
/// same way, up to the root of the part that is shown.
abstract class HostInode extends Inode {
    private final HostSuperBlock host;
    private HostAttributes attributes;
    private @Nullable HostDirectory parent;
    private String name;

    HostInode(
            HostSuperBlock host,
            HostAttributes attributes,
            @Nullable HostDirectory parent,
            String name) {
        super(
                host,
                attributes.key().inodeNumber(),
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                attributes.linkCount(),
                attributes.rdev());
        this.host = host;
        this.attributes = attributes;
        this.parent = parent;
        this.name = name;
    }

    HostSuperBlock host() {
        return host;
    }

    HostAttributes.Key key() {
        return attributes.key();
    }

    HostAttributes attributes() {
        return attributes;
    }

    void locate(@Nullable HostDirectory newParent, String newName) {
        if (newParent != null) {
            parent = newParent;
            name = newName;
        }
    }

    /// Takes over what the host says now.
    void refresh(HostAttributes now) {
        attributes = now;
        setMode(now.mode());
        setOwner(now.uid(), now.gid());
        setLinkCount(now.linkCount());
        setSize(now.sizeBytes());
        setTimes(now.atimeNanos(), now.mtimeNanos(), now.ctimeNanos());
    }

    /// Where it is on the host, if nothing was moved.
    Path hostPath() {
        HostDirectory above = parent;
        return above == null ? host.hostRoot() : HostNames.resolve(above.hostPath(), name);
    }

    /// Where it is on the host, after making sure that every directory on the way is still the one
    /// that was found there and no link has taken its place.
    ///
    /// @throws ErrnoException ESTALE if one is not
    Path verifiedPath() throws ErrnoException {
        HostDirectory above = parent;
        if (above == null) {
            return host.hostRoot();
        }
        return HostNames.resolve(above.verifiedDirectory(), name);
    }

    /// As [#verifiedPath], and this is still the file that is there.
    Path verifiedOwnPath() throws ErrnoException {
        Path path = verifiedPath();
        if (parent != null) {
            checkIdentity(path);
        }
        return path;
    }

    private void checkIdentity(Path path) throws ErrnoException {
        try {
            HostAttributes now = HostAttributes.read(path);
            boolean sameType = ((now.mode() ^ attributes.mode()) & Stat.S_IFMT) == 0;
            if (!sameType || !now.key().equals(attributes.key())) {
                throw Errno.ESTALE.exception();
            }
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    /// Another file under the name, or none: the cache forgets the name.
    @Override
    public boolean revalidate(Dentry dentry) throws ErrnoException {
        if (parent == null || !(dentry.parent().inode() instanceof HostDirectory directory)) {
            return true;
        }
        try {
            HostAttributes now =
                    HostAttributes.read(HostNames.resolve(directory.hostPath(), dentry.name()));
            boolean same =
                    now.key().equals(attributes.key())
                            && ((now.mode() ^ attributes.mode()) & Stat.S_IFMT) == 0;
            if (same) {
                locate(directory, dentry.name());
                refresh(now);
            }
            return same;
        } catch (IOException _) {
            return false;
        }
    }

    /// The numbers of an unlinked file are those of the time it was last seen.
    @Override
    public FileStatus getattr() throws ErrnoException {
        try {
            HostAttributes now = HostAttributes.read(hostPath());
            if (now.key().equals(attributes.key())) {
                refresh(now);
            }
        } catch (IOException _) {
            return super.getattr();
        }
        return super.getattr();
    }

    @Override
    public long blocks() {
        return (sizeBytes() + 511) / 512;
    }

    @Override
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        Attributes.prepare(this, change, caller);
        if (change.has(AttributeChange.SIZE)) {
            resize(change.sizeBytes(), caller);
        }
        Path path = verifiedOwnPath();
        try {
            if (change.has(AttributeChange.UID)) {
                set(path, "unix:uid", change.uid());
            }
            if (change.has(AttributeChange.GID)) {
                set(path, "unix:gid", change.gid());
            }
            if (change.has(AttributeChange.MODE) && !isSymlink()) {
                Files.setAttribute(path, "unix:mode", change.mode() & Stat.S_IALLUGO);
            }
            if (change.hasAny(AttributeChange.ATIME | AttributeChange.MTIME)) {
                setTimes(path, change);
            }
            refresh(HostAttributes.read(path));
        } catch (IOException e) {
            throw HostErrors.of(e);
        }
    }

    private static void set(Path path, String attribute, int value) throws IOException {
        Files.setAttribute(path, attribute, value, LinkOption.NOFOLLOW_LINKS);
    }

    private void setTimes(Path path, AttributeChange change) throws IOException {
        BasicFileAttributeView view =
                Files.getFileAttributeView(
                        path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        FileTime access = null;
        FileTime modification = null;
        if (change.has(AttributeChange.ATIME)) {
            access = change.has(AttributeChange.ATIME_SET) ? time(change.atimeNanos()) : now;
        }
        if (change.has(AttributeChange.MTIME)) {
            modification = change.has(AttributeChange.MTIME_SET) ? time(change.mtimeNanos()) : now;
        }
        view.setTimes(modification, access, null);
    }

    private static FileTime time(long nanos) {
        return FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void evict() {
        host.forget(this);
    }
}
