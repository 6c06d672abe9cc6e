package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Fcntl;
import org.mshareemu.emulator.kernel.abi.MountFlags;
import org.mshareemu.emulator.kernel.cred.Credentials;
import org.mshareemu.emulator.kernel.memmap.AddressSpace;
import org.mshareemu.emulator.kernel.memmap.Mappable;
import org.mshareemu.emulator.kernel.memmap.MmapRequest;
import org.mshareemu.emulator.kernel.memmap.PageCache;
import org.mshareemu.emulator.kernel.memmap.VmArea;

import java.util.ArrayList;
import java.util.List;

/// An open file: what descriptors and mappings refer to. Linux: struct file
///
/// Counted by its holders ([#acquire], [#release]); born with one. It holds its path, hence mount
/// and inode.
public final class OpenFile implements Mappable {
    public static final int FMODE_READ = 0x1;
    public static final int FMODE_WRITE = 0x2;
    public static final int FMODE_LSEEK = 0x4;
    public static final int FMODE_PREAD = 0x8;
    public static final int FMODE_PWRITE = 0x10;
    public static final int FMODE_EXEC = 0x20;
    public static final int FMODE_PATH = 0x4000;
    public static final int FMODE_CREATED = 0x10_0000;

    private final Path path;
    private final FileOperations operations;
    private final Credentials credentials;

    /// O_* as F_GETFL reports them. Linux: f_flags
    private int flags;

    /// FMODE_*. Linux: f_mode
    private int mode;

    private long position;
    private int holders = 1;
    private boolean opened;
    private boolean writing;
    private @Nullable Object attachment;

    /// F_SETOWN and F_SETSIG. Linux: f_owner
    private @Nullable FileOwner owner;

    /// Interest of epoll instances in this file. Linux: f_ep
    private @Nullable List<Runnable> closeListeners;

    /// A file that is not yet open; [Opening] and [Vfs] make them.
    OpenFile(Path path, FileOperations operations, int flags, Credentials credentials) {
        this.path = path;
        this.operations = operations;
        this.flags = flags & ~(Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_NOCTTY | Fcntl.O_TRUNC);
        this.credentials = credentials;
        int access = (flags + 1) & Fcntl.O_ACCMODE;
        this.mode = access & (FMODE_READ | FMODE_WRITE);
        path.acquire();
    }

    void setOpened() {
        opened = true;
    }

    void setWriting() {
        writing = true;
    }

    public Path path() {
        return path;
    }

    public Dentry dentry() {
        return path.dentry();
    }

    public Inode inode() {
        return path.inode();
    }

    public FileOperations operations() {
        return operations;
    }

    /// Who opened it. Linux: f_cred
    public Credentials credentials() {
        return credentials;
    }

    /// O_* with the access mode, O_CREAT and its like left out.
    public int flags() {
        return flags;
    }

    public void setFlags(int newFlags) {
        flags = newFlags;
    }

    public boolean hasFlag(int flag) {
        return (flags & flag) == flag;
    }

    public boolean isNonBlocking() {
        return (flags & Fcntl.O_NONBLOCK) != 0;
    }

    /// FMODE_*.
    public int mode() {
        return mode;
    }

    public boolean hasMode(int wanted) {
        return (mode & wanted) == wanted;
    }

    void addMode(int bits) {
        mode |= bits;
    }

    /// For operations' open: takes FMODE_* away.
    public void clearMode(int bits) {
        mode &= ~bits;
    }

    /// For operations' open: no positions at all. Linux: stream_open()
    public void makeStream() {
        clearMode(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
    }

    /// Whether read and write keep a position.
    public boolean hasPosition() {
        return (mode & (FMODE_PREAD | FMODE_PWRITE | FMODE_LSEEK)) != 0;
    }

    /// Opened with O_PATH: names a place and does nothing.
    public boolean isPathOnly() {
        return (mode & FMODE_PATH) != 0;
    }

    public long position() {
        return position;
    }

    public void setPosition(long newPosition) {
        position = newPosition;
    }

    /// What the operations keep with the file. Linux: private_data
    public @Nullable Object attachment() {
        return attachment;
    }

    public void setAttachment(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    public @Nullable FileOwner owner() {
        return owner;
    }

    public void setOwner(@Nullable FileOwner newOwner) {
        owner = newOwner;
    }

    /// Calls `listener` when the file is finally closed. Linux: eventpoll_release()
    public void onClose(Runnable listener) {
        List<Runnable> listeners = closeListeners;
        if (listeners == null) {
            listeners = new ArrayList<>(1);
            closeListeners = listeners;
        }
        listeners.add(listener);
    }

    /// Takes back one [#onClose].
    public void forgetOnClose(Runnable listener) {
        List<Runnable> listeners = closeListeners;
        if (listeners != null) {
            listeners.remove(listener);
        }
    }

    /// Holders now.
    public int holders() {
        return holders;
    }

    @Override
    public void acquire() {
        if (holders <= 0) {
            throw new KernelBug("closed file acquired: " + path.dentry());
        }
        holders++;
    }

    @Override
    public void release() {
        holders--;
        if (holders < 0) {
            throw new KernelBug("file released too often: " + path.dentry());
        }
        if (holders == 0) {
            close();
        }
    }

    /// Linux: __fput()
    private void close() {
        List<Runnable> listeners = closeListeners;
        if (listeners != null) {
            List.copyOf(listeners).forEach(Runnable::run);
        }
        FileLocks locks = inode().locksIfAny();
        if (locks != null) {
            locks.releaseAllOf(this);
        }
        if (opened) {
            operations.release(this);
            path.mount().vfs().fileClosed();
        }
        if (writing) {
            inode().releaseWrite();
            path.mount().endWrite();
        }
        path.release();
    }

    @Override
    public void mapped(VmArea area) throws ErrnoException {
        operations.mapped(this, area);
    }

    @Override
    public boolean isMappable() {
        return operations.isMappable(this);
    }

    @Override
    public long getUnmappedArea(AddressSpace space, MmapRequest request) throws ErrnoException {
        return operations.getUnmappedArea(this, space, request);
    }

    @Override
    public boolean isOpenForReading() {
        return (mode & FMODE_READ) != 0;
    }

    @Override
    public boolean isOpenForWriting() {
        return (mode & FMODE_WRITE) != 0;
    }

    @Override
    public boolean isNoExec() {
        return path.mount().has(MountFlags.MS_NOEXEC);
    }

    @Override
    public boolean isWriteSealed() {
        int seals = inode().seals();
        return seals != -1 && (seals & (Fcntl.F_SEAL_WRITE | Fcntl.F_SEAL_FUTURE_WRITE)) != 0;
    }

    @Override
    public long sizeBytes() {
        return inode().sizeBytes();
    }

    @Override
    public @Nullable PageCache pageCache() {
        return inode().pageCache();
    }

    @Override
    public String displayPath() {
        return path.mount().vfs().paths().display(path, null);
    }

    @Override
    public long inodeNumber() {
        return inode().number();
    }

    @Override
    public long deviceNumber() {
        return inode().superBlock().device();
    }
}
