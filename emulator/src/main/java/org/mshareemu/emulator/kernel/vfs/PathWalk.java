package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.vfs.PathLookup.Last;
import org.mshareemu.emulator.kernel.vfs.PathLookup.ParentLookup;

/// One walk along a path name. Linux: struct nameidata
final class PathWalk {
    private final Vfs vfs;
    private final CallerContext caller;
    private final int flags;
    private final int resolve;

    /// Above which ".." does not lead: the task's root, or the start with RESOLVE_IN_ROOT.
    private final Path root;

    private final Path start;
    private Mount mount;
    private Dentry dentry;
    private int links;
    private String lastName = "";
    private Last last = Last.ROOT;
    private boolean trailingSlash;

    PathWalk(Vfs vfs, CallerContext caller, @Nullable Path from, int flags) {
        this.vfs = vfs;
        this.caller = caller;
        this.flags = flags;
        this.resolve = flags >>> PathLookup.RESOLVE_SHIFT;
        this.start = from == null ? caller.fs().directory() : from;
        this.root = has(Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_BENEATH) ? start : caller.fs().root();
        this.mount = start.mount();
        this.dentry = start.dentry();
    }

    private boolean has(int resolveFlags) {
        return (resolve & resolveFlags) != 0;
    }

    /// Where the walk stands.
    Path here() {
        return new Path(mount, dentry);
    }

    Path resolve(String name) throws ErrnoException {
        walkParent(name);
        finish((flags & PathLookup.FOLLOW) != 0);
        if ((flags & PathLookup.DIRECTORY) != 0 && !dentry.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        return here();
    }

    ParentLookup resolveParent(String name) throws ErrnoException {
        walkParent(name);
        return parent();
    }

    private ParentLookup parent() {
        return new ParentLookup(here(), lastName, last, trailingSlash);
    }

    /// Walks all components but the last one. Linux: link_path_walk()
    void walkParent(String name) throws ErrnoException {
        int at = 0;
        if (name.startsWith("/")) {
            jumpToRoot();
        } else if (!dentry.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
        int length = name.length();
        while (at < length && name.charAt(at) == '/') {
            at++;
        }
        last = Last.ROOT;
        lastName = "";
        trailingSlash = false;
        while (at < length) {
            Permissions.check(dentry.inode(), Permissions.MAY_EXEC, caller);
            int end = name.indexOf('/', at);
            String component = end < 0 ? name.substring(at) : name.substring(at, end);
            int next = end < 0 ? length : end;
            while (next < length && name.charAt(next) == '/') {
                next++;
            }
            lastName = component;
            last =
                    switch (component) {
                        case "." -> Last.DOT;
                        case ".." -> Last.DOTDOT;
                        default -> Last.NORMAL;
                    };
            at = next;
            if (at >= length) {
                trailingSlash = end >= 0;
                return;
            }
            step(true);
            if (!dentry.inode().isDirectory()) {
                throw Errno.ENOTDIR.exception();
            }
        }
    }

    /// Resolves the last component. Linux: walk_last, path_lookupat()
    void finish(boolean follow) throws ErrnoException {
        boolean slash = trailingSlash;
        step(follow || slash);
        if (slash && !dentry.inode().isDirectory()) {
            throw Errno.ENOTDIR.exception();
        }
    }

    private void jumpToRoot() throws ErrnoException {
        if (has(Fcntl.RESOLVE_BENEATH)) {
            throw Errno.EXDEV.exception();
        }
        if (has(Fcntl.RESOLVE_NO_XDEV) && mount != root.mount()) {
            throw Errno.EXDEV.exception();
        }
        mount = root.mount();
        dentry = root.dentry();
    }

    /// Takes the component in `lastName`. Linux: walk_component(), step_into()
    private void step(boolean follow) throws ErrnoException {
        switch (last) {
            case ROOT, DOT -> {}
            case DOTDOT -> up();
            case NORMAL -> {
                Dentry child = dentry.lookup(lastName, caller);
                if (child == null) {
                    throw Errno.ENOENT.exception();
                }
                enter(child, follow);
            }
        }
    }

    private void enter(Dentry child, boolean follow) throws ErrnoException {
        if (child.isMountPoint()) {
            Path top = vfs.namespace().topOf(new Path(mount, child));
            if (top.mount() != mount && has(Fcntl.RESOLVE_NO_XDEV)) {
                throw Errno.EXDEV.exception();
            }
            mount = top.mount();
            dentry = top.dentry();
            return;
        }
        if (follow && child.inode().isSymlink()) {
            followLink(child);
            return;
        }
        dentry = child;
    }

    /// Linux: pick_link(), and the rest of the body's walk
    private void followLink(Dentry link) throws ErrnoException {
        if (++links > Fcntl.MAXSYMLINKS || has(Fcntl.RESOLVE_NO_SYMLINKS)) {
            throw Errno.ELOOP.exception();
        }
        if (mount.has(MountFlags.MS_NOSYMFOLLOW)) {
            throw Errno.ELOOP.exception();
        }
        Inode inode = link.inode();
        Path target = inode.magicTarget(caller);
        if (target != null) {
            jump(target);
            return;
        }
        String body = inode.readlink(caller);
        if (body.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (!inode.superBlock().isReadOnly() && !mount.has(MountFlags.MS_NOATIME)) {
            AccessTime.touch(mount, inode);
        }
        walkParent(body);
        finish(true);
    }

    private void jump(Path target) throws ErrnoException {
        if (has(Fcntl.RESOLVE_NO_MAGICLINKS)) {
            throw Errno.ELOOP.exception();
        }
        if (has(Fcntl.RESOLVE_NO_XDEV) && target.mount() != mount) {
            throw Errno.EXDEV.exception();
        }
        if (has(Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_IN_ROOT)) {
            throw Errno.EXDEV.exception();
        }
        mount = target.mount();
        dentry = target.dentry();
    }

    /// Linux: follow_dotdot()
    private void up() throws ErrnoException {
        while (true) {
            if (mount == root.mount() && dentry == root.dentry()) {
                if (has(Fcntl.RESOLVE_BENEATH)) {
                    throw Errno.EXDEV.exception();
                }
                break;
            }
            Dentry point = mount.mountPoint();
            Mount above = mount.parent();
            if (dentry != mount.root()) {
                dentry = dentry.parent();
                break;
            }
            if (point == null || above == null) {
                break;
            }
            if (has(Fcntl.RESOLVE_NO_XDEV)) {
                throw Errno.EXDEV.exception();
            }
            mount = above;
            dentry = point;
        }
        Path top = vfs.namespace().topOf(here());
        mount = top.mount();
        dentry = top.dentry();
    }

    /// For open(2): walks to the last component and, while that is a link to be followed, along its
    /// body.
    ///
    /// @param follow whether links at the end are followed
    /// @return where the file is to be looked up or made; its name may not exist
    ParentLookup resolveForOpen(String name, boolean follow) throws ErrnoException {
        walkParent(name);
        return continueForOpen(follow);
    }

    private ParentLookup continueForOpen(boolean follow) throws ErrnoException {
        while (last == Last.NORMAL && (follow || trailingSlash)) {
            Dentry child = dentry.lookup(lastName, caller);
            if (child == null || child.isMountPoint() || !child.inode().isSymlink()) {
                break;
            }
            if (++links > Fcntl.MAXSYMLINKS || has(Fcntl.RESOLVE_NO_SYMLINKS)) {
                throw Errno.ELOOP.exception();
            }
            Path target = child.inode().magicTarget(caller);
            if (target != null) {
                jump(target);
                last = Last.DOT;
                lastName = ".";
                break;
            }
            String body = child.inode().readlink(caller);
            if (body.isEmpty()) {
                throw Errno.ENOENT.exception();
            }
            boolean slash = trailingSlash;
            walkParent(body);
            trailingSlash |= slash;
        }
        return parent();
    }

    /// Resolves what [#resolveForOpen] stopped at.
    Path finishForOpen() throws ErrnoException {
        finish(false);
        return here();
    }
}
