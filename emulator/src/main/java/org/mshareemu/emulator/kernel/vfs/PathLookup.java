package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;

/// From path names to places and back. Linux: fs/namei.c, fs/d_path.c
public final class PathLookup {
    /// Follow a symbolic link at the end. Linux: LOOKUP_FOLLOW
    public static final int FOLLOW = 1;

    /// Must be a directory. Linux: LOOKUP_DIRECTORY
    public static final int DIRECTORY = 2;

    /// The empty path names the start itself. Linux: LOOKUP_EMPTY
    public static final int EMPTY = 4;

    /// RESOLVE_* of openat2(2) stand this many bits higher in the flags.
    public static final int RESOLVE_SHIFT = 8;

    private final Vfs vfs;

    PathLookup(Vfs vfs) {
        this.vfs = vfs;
    }

    /// Resolves a path name from the current directory. Linux: kern_path()
    public Path resolve(CallerContext caller, String name, int flags) throws ErrnoException {
        return resolve(caller, null, name, flags);
    }

    /// Resolves a path name. Linux: filename_lookup()
    ///
    /// @param start where a relative name begins; null = the current directory
    /// @param flags of this class
    /// @throws ErrnoException ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EACCES, EXDEV
    public Path resolve(CallerContext caller, @Nullable Path start, String name, int flags)
            throws ErrnoException {
        if (name.isEmpty()) {
            if ((flags & EMPTY) == 0) {
                throw Errno.ENOENT.exception();
            }
            return start == null ? caller.fs().directory() : start;
        }
        return new PathWalk(vfs, caller, start, flags).resolve(name);
    }

    /// Resolves all but the last component. Linux: filename_parentat()
    ///
    /// @throws ErrnoException as [#resolve]
    public ParentLookup resolveParent(CallerContext caller, @Nullable Path start, String name)
            throws ErrnoException {
        if (name.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        return new PathWalk(vfs, caller, start, 0).resolveParent(name);
    }

    /// The path name of a place as seen from a root. Linux: d_path()
    ///
    /// @param root of the task that looks; null = the root of the mount tree
    /// @return with " (deleted)" behind it if the name is gone
    public String display(Path place, @Nullable Path root) {
        Dentry dentry = place.dentry();
        String dynamic = dentry.superBlock().dynamicName(dentry);
        if (dynamic != null) {
            return dynamic;
        }
        StringBuilder out = new StringBuilder();
        appendReversed(place, root, out);
        if (dentry.isDeleted()) {
            out.append(" (deleted)");
        }
        return out.toString();
    }

    /// The path name of a current directory. Linux: the getcwd system call
    ///
    /// @return with "(unreachable)" in front if it is not below the root
    public String displayDirectory(Path place, Path root) {
        StringBuilder out = new StringBuilder();
        boolean reached = appendReversed(place, root, out);
        return reached ? out.toString() : "(unreachable)" + out;
    }

    /// Linux: prepend_path()
    ///
    /// @return whether the root was met on the way up
    private boolean appendReversed(Path place, @Nullable Path root, StringBuilder out) {
        Path top = root == null ? vfs.namespace().rootPath() : root;
        Mount mount = place.mount();
        Dentry dentry = place.dentry();
        boolean reached = true;
        while (dentry != top.dentry() || mount != top.mount()) {
            if (dentry == mount.root()) {
                Mount above = mount.parent();
                Dentry point = mount.mountPoint();
                if (above == null || point == null) {
                    reached = mount == vfs.namespace().rootOrNull();
                    break;
                }
                mount = above;
                dentry = point;
                continue;
            }
            if (dentry.isRoot()) {
                reached = false;
                out.insert(0, dentry.name().startsWith("/") ? "" : "/" + dentry.name());
                break;
            }
            out.insert(0, dentry.name()).insert(0, '/');
            dentry = dentry.parent();
        }
        if (out.isEmpty()) {
            out.append('/');
        }
        return reached;
    }

    /// The outcome of [#resolveParent].
    ///
    /// @param directory in which the last component stands
    /// @param name the last component; empty if the name was only slashes
    /// @param last what kind of component that is
    /// @param trailingSlash whether slashes followed it
    public record ParentLookup(Path directory, String name, Last last, boolean trailingSlash) {}

    /// Kinds of last components. Linux: LAST_NORM and so on
    public enum Last {
        NORMAL,
        ROOT,
        DOT,
        DOTDOT
    }
}
