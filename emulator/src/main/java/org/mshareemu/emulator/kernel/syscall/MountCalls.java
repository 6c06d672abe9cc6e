package org.mshareemu.emulator.kernel.syscall;

import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_chroot;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_fstatfs;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_mount;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_statfs;
import static org.mshareemu.emulator.kernel.abi.SyscallNumber.NR_umount2;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.task.Task;
import org.mshareemu.emulator.kernel.vfs.FileSystemStatus;
import org.mshareemu.emulator.kernel.vfs.FileSystemType;
import org.mshareemu.emulator.kernel.vfs.Mount;
import org.mshareemu.emulator.kernel.vfs.MountNamespace;
import org.mshareemu.emulator.kernel.vfs.MountRequest;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.PathLookup;
import org.mshareemu.emulator.kernel.vfs.Permissions;
import org.mshareemu.emulator.kernel.vfs.SuperBlock;
import org.mshareemu.emulator.kernel.vfs.Vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// mount(2), umount2(2), statfs(2) and chroot(2).
public final class MountCalls {
    private static final int PAGE_SIZE = 4096;

    /// Flags that say what super block and mount are like, once those that choose the operation are
    /// gone.
    private static final long SUPER_BLOCK_FLAGS =
            MountFlags.MS_RDONLY
                    | MountFlags.MS_SYNCHRONOUS
                    | MountFlags.MS_MANDLOCK
                    | MountFlags.MS_DIRSYNC
                    | MountFlags.MS_SILENT
                    | MountFlags.MS_LAZYTIME;

    /// How mounts of a group see each other's changes. Linux: MS_SHARED and its like
    private static final long PROPAGATION =
            MountFlags.MS_SHARED
                    | MountFlags.MS_PRIVATE
                    | MountFlags.MS_SLAVE
                    | MountFlags.MS_UNBINDABLE;

    private static final int UMOUNT_FLAGS =
            MountFlags.MNT_FORCE
                    | MountFlags.MNT_DETACH
                    | MountFlags.MNT_EXPIRE
                    | MountFlags.UMOUNT_NOFOLLOW;

    private static final int STATFS_BYTES = 120;

    private final Vfs vfs;

    /// @param vfs the machine's file side
    public MountCalls(Vfs vfs) {
        this.vfs = vfs;
    }

    /// Registers the rows of this family.
    public void register(SyscallTable table) {
        table.partly(
                NR_mount,
                "propagation between mounts is accepted and has no effect",
                (task, a) -> mount(task, a.a0(), a.a1(), a.a2(), a.a3(), a.a4()));
        table.partly(
                NR_umount2,
                "MNT_EXPIRE is EAGAIN each time",
                (task, a) -> umount2(task, a.a0(), a.i1()));
        table.row(NR_statfs, (task, a) -> statfs(task, a.a0(), a.a1()));
        table.row(NR_fstatfs, (task, a) -> fstatfs(task, a.i0(), a.a1()));
        table.row(NR_chroot, (task, a) -> chroot(task, a.a0()));
    }

    private long mount(
            Task task, long sourceAt, long targetAt, long typeAt, long rawFlags, long dataAt)
            throws ErrnoException {
        String type = optionalString(task, typeAt);
        String source = optionalString(task, sourceAt);
        String options = dataAt == 0 ? "" : options(task, dataAt);
        Path target = vfs.paths().resolve(task.caller(), path(task, targetAt), PathLookup.FOLLOW);
        long flags = rawFlags;
        if ((flags & MountFlags.MS_MGC_MSK) == MountFlags.MS_MGC_VAL) {
            flags &= ~MountFlags.MS_MGC_MSK;
        }
        checkMayMount(task);
        if ((flags & MountFlags.MS_REMOUNT) != 0) {
            remount(target, flags, options);
        } else if ((flags & MountFlags.MS_BIND) != 0) {
            bind(task, source, target, flags);
        } else if ((flags & PROPAGATION) != 0) {
            changePropagation(target, flags);
        } else if ((flags & MountFlags.MS_MOVE) != 0) {
            vfs.namespace().move(sourcePath(task, source), target);
        } else {
            mountNew(task, type, source, target, flags, options);
        }
        return 0;
    }

    private static @Nullable String optionalString(Task task, long vaddr) throws ErrnoException {
        if (vaddr == 0) {
            return null;
        }
        String text = task.memory().readString(vaddr, PAGE_SIZE);
        if (text == null) {
            throw Errno.EINVAL.exception();
        }
        return text;
    }

    /// Linux: getname()
    private static String path(Task task, long vaddr) throws ErrnoException {
        String path = task.memory().readString(vaddr, Fcntl.PATH_MAX);
        if (path == null) {
            throw Errno.ENAMETOOLONG.exception();
        }
        return path;
    }

    /// The data page is cut to a page and may end where memory does. Linux: copy_mount_options()
    private static String options(Task task, long vaddr) throws ErrnoException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PAGE_SIZE - 1; i++) {
            byte next;
            try {
                next = task.memory().readByte(vaddr + i);
            } catch (ErrnoException unreadable) {
                if (i == 0) {
                    throw unreadable;
                }
                break;
            }
            if (next == 0) {
                break;
            }
            text.append((char) (next & 0xff));
        }
        return text.toString();
    }

    /// Linux: may_mount()
    private static void checkMayMount(Task task) throws ErrnoException {
        if (!task.credentials().isCapable(Credentials.CAP_SYS_ADMIN)) {
            throw Errno.EPERM.exception();
        }
    }

    /// The flags of a mount; access times are relative unless said otherwise. Linux: path_mount()
    private static long perMountFlags(long flags) {
        long kept = flags & MountFlags.PER_MOUNT;
        if ((flags & MountFlags.MS_NOATIME) == 0) {
            kept |= MountFlags.MS_RELATIME;
        }
        if ((flags & MountFlags.MS_STRICTATIME) != 0) {
            kept &= ~(MountFlags.MS_RELATIME | MountFlags.MS_NOATIME);
        }
        return kept;
    }

    /// Linux: do_remount(), do_reconfigure_mnt()
    private static void remount(Path target, long flags, String options) throws ErrnoException {
        Mount mount = target.mount();
        if (target.dentry() != mount.root()) {
            throw Errno.EINVAL.exception();
        }
        boolean becomesReadOnly = (flags & MountFlags.MS_RDONLY) != 0;
        if (becomesReadOnly && mount.writers() > 0) {
            throw Errno.EBUSY.exception();
        }
        if ((flags & MountFlags.MS_BIND) == 0) {
            SuperBlock superBlock = mount.superBlock();
            superBlock.remount(options);
            superBlock.setFlags(flags & SUPER_BLOCK_FLAGS);
        }
        mount.setFlags(perMountFlags(flags));
    }

    private Path sourcePath(Task task, @Nullable String source) throws ErrnoException {
        if (source == null || source.isEmpty()) {
            throw Errno.EINVAL.exception();
        }
        return vfs.paths().resolve(task.caller(), source, PathLookup.FOLLOW);
    }

    private void bind(Task task, @Nullable String source, Path target, long flags)
            throws ErrnoException {
        Path from = sourcePath(task, source);
        MountNamespace namespace = vfs.namespace();
        if ((flags & MountFlags.MS_REC) != 0) {
            namespace.bindTree(from, target);
        } else {
            namespace.bind(from, target);
        }
    }

    /// There is one namespace and no groups, so every kind of propagation is the same. Linux:
    /// do_change_type()
    private static void changePropagation(Path target, long flags) throws ErrnoException {
        long kinds = flags & PROPAGATION;
        long others = flags & ~(PROPAGATION | MountFlags.MS_REC | MountFlags.MS_SILENT);
        if (target.dentry() != target.mount().root() || others != 0 || Long.bitCount(kinds) != 1) {
            throw Errno.EINVAL.exception();
        }
    }

    /// Linux: do_new_mount()
    private void mountNew(
            Task task,
            @Nullable String typeName,
            @Nullable String source,
            Path target,
            long flags,
            String options)
            throws ErrnoException {
        if (typeName == null) {
            throw Errno.EINVAL.exception();
        }
        FileSystemType type = vfs.type(typeName);
        if (type == null) {
            throw Errno.ENODEV.exception();
        }
        String device = source == null ? "none" : source;
        SuperBlock superBlock =
                type.mount(
                        new MountRequest(
                                vfs, device, options, flags & SUPER_BLOCK_FLAGS, task.caller()));
        attach(superBlock, device, target, flags);
    }

    private void attach(SuperBlock superBlock, String device, Path target, long flags)
            throws ErrnoException {
        Mount unattached = vfs.namespace().internalMount(superBlock, device);
        unattached.acquire();
        try {
            Mount top = vfs.namespace().topOf(target).mount();
            if (top.superBlock().equals(superBlock)
                    && vfs.namespace().topOf(target).isSame(top.rootPath())) {
                throw Errno.EBUSY.exception();
            }
            vfs.namespace().mount(superBlock, device, target, perMountFlags(flags));
        } finally {
            // A super block that could not be attached goes with the last mount that shows it.
            unattached.release();
        }
    }

    private long umount2(Task task, long targetAt, int flags) throws ErrnoException {
        if ((flags & ~UMOUNT_FLAGS) != 0) {
            throw Errno.EINVAL.exception();
        }
        int lookup = (flags & MountFlags.UMOUNT_NOFOLLOW) != 0 ? 0 : PathLookup.FOLLOW;
        Path target = vfs.paths().resolve(task.caller(), path(task, targetAt), lookup);
        checkMayMount(task);
        if (target.dentry() != target.mount().root()) {
            throw Errno.EINVAL.exception();
        }
        if ((flags & MountFlags.MNT_EXPIRE) != 0) {
            boolean others = (flags & (MountFlags.MNT_FORCE | MountFlags.MNT_DETACH)) != 0;
            throw (others ? Errno.EINVAL : Errno.EAGAIN).exception();
        }
        vfs.namespace().umount(target.mount(), flags);
        return 0;
    }

    private long statfs(Task task, long pathAt, long statusAt) throws ErrnoException {
        Path path = vfs.paths().resolve(task.caller(), path(task, pathAt), PathLookup.FOLLOW);
        return write(task, path.mount(), statusAt);
    }

    private static long fstatfs(Task task, int fd, long statusAt) throws ErrnoException {
        return write(task, task.files().getRaw(fd).path().mount(), statusAt);
    }

    /// Linux: do_statfs_native()
    private static long write(Task task, Mount mount, long statusAt) throws ErrnoException {
        FileSystemStatus status = mount.superBlock().statfs();
        ByteBuffer out = ByteBuffer.allocate(STATFS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(status.type())
                .putLong(status.blockSizeBytes())
                .putLong(status.blocks())
                .putLong(status.freeBlocks())
                .putLong(status.availableBlocks())
                .putLong(status.files())
                .putLong(status.freeFiles())
                .putLong(status.id())
                .putLong(status.nameLength())
                .putLong(status.fragmentBytes())
                .putLong(statfsFlags(mount));
        task.memory().write(statusAt, out.array(), 0, STATFS_BYTES);
        return 0;
    }

    /// Linux: calculate_f_flags()
    private static long statfsFlags(Mount mount) {
        long flags = MountFlags.ST_VALID;
        flags |= mount.has(MountFlags.MS_RDONLY) ? MountFlags.ST_RDONLY : 0;
        flags |= mount.has(MountFlags.MS_NOSUID) ? MountFlags.ST_NOSUID : 0;
        flags |= mount.has(MountFlags.MS_NODEV) ? MountFlags.ST_NODEV : 0;
        flags |= mount.has(MountFlags.MS_NOEXEC) ? MountFlags.ST_NOEXEC : 0;
        flags |= mount.has(MountFlags.MS_SYNCHRONOUS) ? MountFlags.ST_SYNCHRONOUS : 0;
        flags |= mount.has(MountFlags.MS_NOATIME) ? MountFlags.ST_NOATIME : 0;
        flags |= mount.has(MountFlags.MS_NODIRATIME) ? MountFlags.ST_NODIRATIME : 0;
        flags |= mount.has(MountFlags.MS_RELATIME) ? MountFlags.ST_RELATIME : 0;
        flags |= mount.has(MountFlags.MS_NOSYMFOLLOW) ? MountFlags.ST_NOSYMFOLLOW : 0;
        return flags;
    }

    private long chroot(Task task, long pathAt) throws ErrnoException {
        Path root =
                vfs.paths()
                        .resolve(
                                task.caller(),
                                path(task, pathAt),
                                PathLookup.FOLLOW | PathLookup.DIRECTORY);
        Permissions.check(
                root.inode(), Permissions.MAY_EXEC | Permissions.MAY_CHDIR, task.caller());
        if (!task.credentials().isCapable(Credentials.CAP_SYS_CHROOT)) {
            throw Errno.EPERM.exception();
        }
        task.fs().setRoot(root);
        return 0;
    }
}
