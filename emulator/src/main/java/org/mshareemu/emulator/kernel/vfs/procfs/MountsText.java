package org.mshareemu.emulator.kernel.vfs.procfs;

import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FsContext;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;

/// /proc/PID/mounts and /proc/PID/mountinfo: the mounts below the process's root. Linux:
/// fs/proc_namespace.c
final class MountsText {
    private static final String UNREACHABLE = "(unreachable)";

    /// Parent of the root mount. Linux: the mount of rootfs, which nobody sees
    private static final int ROOTFS_ID = 1;

    private record Option(long flag, String text) {}

    private static final Option[] SUPER_BLOCK_OPTIONS = {
        new Option(MountFlags.MS_SYNCHRONOUS, ",sync"),
        new Option(MountFlags.MS_DIRSYNC, ",dirsync"),
        new Option(MountFlags.MS_MANDLOCK, ",mand"),
        new Option(MountFlags.MS_LAZYTIME, ",lazytime"),
    };

    private static final Option[] MOUNT_OPTIONS = {
        new Option(MountFlags.MS_NOSUID, ",nosuid"),
        new Option(MountFlags.MS_NODEV, ",nodev"),
        new Option(MountFlags.MS_NOEXEC, ",noexec"),
        new Option(MountFlags.MS_NOATIME, ",noatime"),
        new Option(MountFlags.MS_NODIRATIME, ",nodiratime"),
        new Option(MountFlags.MS_RELATIME, ",relatime"),
        new Option(MountFlags.MS_NOSYMFOLLOW, ",nosymfollow"),
    };

    private MountsText() {}

    /// Writes the line of one mount.
    @FunctionalInterface
    private interface Line {
        void append(StringBuilder out, Mount mount, String place);
    }

    /// Linux: show_vfsmnt()
    static CharSequence mounts(PidNode node, ProcessTask task, CallerContext caller)
            throws ErrnoException {
        return lines(node, task, MountsText::mount);
    }

    /// Linux: show_mountinfo()
    static CharSequence mountinfo(PidNode node, ProcessTask task, CallerContext caller)
            throws ErrnoException {
        return lines(node, task, MountsText::mountinfo);
    }

    private static CharSequence lines(PidNode node, ProcessTask task, Line line)
            throws ErrnoException {
        FsContext fs = task.fs();
        if (fs == null) {
            throw Errno.EINVAL.exception();
        }
        Path root = fs.root();
        StringBuilder out = new StringBuilder();
        for (Mount mount : node.superBlock().vfs().namespace().mounts()) {
            String place = node.superBlock().vfs().paths().displayDirectory(mount.rootPath(), root);
            if (!place.startsWith(UNREACHABLE)) {
                line.append(out, mount, place);
            }
        }
        return out;
    }

    private static void mount(StringBuilder out, Mount mount, String place) {
        SuperBlock superBlock = mount.superBlock();
        out.append(mangle(mount.source())).append(' ').append(mangle(place)).append(' ');
        out.append(superBlock.typeName()).append(mount.isReadOnly() ? " ro" : " rw");
        options(out, superBlock.flags(), SUPER_BLOCK_OPTIONS);
        options(out, mount.flags(), MOUNT_OPTIONS);
        out.append(superBlock.showOptions()).append(" 0 0\n");
    }

    private static void mountinfo(StringBuilder out, Mount mount, String place) {
        SuperBlock superBlock = mount.superBlock();
        Mount parent = mount.parent();
        long device = superBlock.device();
        out.append(mount.id()).append(' ');
        out.append(parent == null ? ROOTFS_ID : parent.id()).append(' ');
        out.append(Stat.major(device)).append(':').append(Stat.minor(device)).append(' ');
        out.append(mangle(pathInside(mount.root()))).append(' ').append(mangle(place));
        out.append((mount.flags() & MountFlags.MS_RDONLY) != 0 ? " ro" : " rw");
        options(out, mount.flags(), MOUNT_OPTIONS);
        out.append(" - ").append(superBlock.typeName()).append(' ');
        out.append(mangle(mount.source())).append(superBlock.isReadOnly() ? " ro" : " rw");
        options(out, superBlock.flags(), SUPER_BLOCK_OPTIONS);
        out.append(superBlock.showOptions()).append('\n');
    }

    private static void options(StringBuilder out, long flags, Option[] known) {
        for (Option option : known) {
            if ((flags & option.flag()) != 0) {
                out.append(option.text());
            }
        }
    }

    /// The path of an entry in its own file system. Linux: seq_dentry()
    private static String pathInside(Dentry dentry) {
        if (dentry.isRoot()) {
            return "/";
        }
        StringBuilder path = new StringBuilder();
        for (Dentry at = dentry; !at.isRoot(); at = at.parent()) {
            path.insert(0, at.name()).insert(0, '/');
        }
        return path.append(dentry.isDeleted() ? "//deleted" : "").toString();
    }

    /// Linux: mangle(), seq_escape() of " \t\n\\#"
    private static String mangle(String text) {
        return text.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012")
                .replace("#", "\\043");
    }
}
