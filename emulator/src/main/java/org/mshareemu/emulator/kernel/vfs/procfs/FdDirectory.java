package org.mshareemu.emulator.kernel.vfs.procfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.vfs.CallerContext;
import org.mshareemu.emulator.kernel.vfs.Dentry;
import org.mshareemu.emulator.kernel.vfs.FileTable;
import org.mshareemu.emulator.kernel.vfs.Inode;
import org.mshareemu.emulator.kernel.vfs.OpenFile;
import org.mshareemu.emulator.kernel.vfs.Path;
import org.mshareemu.emulator.kernel.vfs.pseudo.ListedDirectory;

/// /proc/PID/fd and /proc/PID/fdinfo: a name per open descriptor. Linux: fs/proc/fd.c
final class FdDirectory extends ListedDirectory {
    /// Which of the two it is.
    enum Kind {
        /// Links to the open files.
        LINKS(3),
        /// Texts about them.
        TEXTS(4);

        private final int slot;

        Kind(int slot) {
            this.slot = slot + 64;
        }
    }

    private static final int LINK_SIZE = 64;
    private static final int READABLE = 0x140;
    private static final int WRITABLE = 0xc0;
    private static final int TEXT = 0x124;

    private final PidNode node;
    private final Kind kind;

    FdDirectory(PidNode node, ProcessTask task, int mode, long number, Kind kind) {
        super(node.superBlock(), number, mode & Stat.S_IALLUGO, node.uid(task), node.gid(task), 2);
        this.node = node;
        this.kind = kind;
        long start = node.startRealtimeNanos(task);
        setTimes(start, start, start);
    }

    @Override
    public boolean isCachingNames() {
        return false;
    }

    /// Open descriptors, for fd only. Linux: proc_fd_getattr()
    @Override
    public long sizeBytes() {
        ProcessTask task = node.find();
        FileTable files = task == null ? null : task.files();
        if (files == null || kind == Kind.TEXTS) {
            return 0;
        }
        long count = 0;
        for (int fd = files.nextOpen(0); fd >= 0; fd = files.nextOpen(fd + 1)) {
            count++;
        }
        return count;
    }

    /// A process may always look at its own. Linux: proc_fd_permission()
    @Override
    public void permission(int mask, CallerContext caller) throws ErrnoException {
        try {
            super.permission(mask, caller);
        } catch (ErrnoException refused) {
            ProcessTask task = node.find();
            if (task == null || task.ids().tgid() != caller.task().tgid()) {
                throw refused;
            }
        }
    }

    /// Linux: proc_lookupfd_common()
    @Override
    public Inode lookup(Dentry directory, String name, CallerContext caller) throws ErrnoException {
        ProcessTask task = node.named();
        int fd = ProcRoot.number(name);
        OpenFile file = fd < 0 ? null : node.files().peek(fd);
        if (file == null) {
            throw Errno.ENOENT.exception();
        }
        long number = node.inodeNumber(kind.slot, fd);
        return switch (kind) {
            case LINKS -> link(task, number, fd, file);
            case TEXTS ->
                    new PidFile(
                            node,
                            task,
                            TEXT,
                            number,
                            new PidContent(
                                    node,
                                    PidContent.Guard.ACCESS,
                                    (_, owner, _) -> FdinfoText.of(owner, fd)));
        };
    }

    /// The mode tells how the file is open. Linux: tid_fd_update_inode()
    private PidLink link(ProcessTask task, long number, int fd, OpenFile file) {
        int mode = 0;
        if (file.hasMode(OpenFile.FMODE_READ)) {
            mode |= READABLE;
        }
        if (file.hasMode(OpenFile.FMODE_WRITE)) {
            mode |= WRITABLE;
        }
        PidLink link = new PidLink(node, task, mode, number, owner -> placeOf(owner.files(), fd));
        link.setSize(LINK_SIZE);
        return link;
    }

    private static Path placeOf(@Nullable FileTable files, int fd) throws ErrnoException {
        OpenFile file = files == null ? null : files.peek(fd);
        if (file == null) {
            throw Errno.ENOENT.exception();
        }
        return file.path();
    }

    /// Linux: proc_readfd_common()
    @Override
    protected void list(long from, Lister lister, CallerContext caller) throws ErrnoException {
        FileTable files = node.named().files();
        if (files == null) {
            return;
        }
        int type = kind == Kind.LINKS ? Stat.S_IFLNK : Stat.S_IFREG;
        int fd = files.nextOpen((int) Math.min(from - FIRST, Integer.MAX_VALUE));
        while (fd >= 0) {
            long number = node.inodeNumber(kind.slot, fd);
            if (!lister.offer(Integer.toString(fd), number, type, FIRST + fd + 1)) {
                return;
            }
            fd = files.nextOpen(fd + 1);
        }
    }
}
