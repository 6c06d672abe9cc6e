package org.mshareemu.emulator.kernel.vfs;

import org.jspecify.annotations.Nullable;
import org.mshareemu.emulator.kernel.KernelBug;
import org.mshareemu.emulator.kernel.abi.Errno;
import org.mshareemu.emulator.kernel.abi.ErrnoException;
import org.mshareemu.emulator.kernel.abi.Stat;
import org.mshareemu.emulator.kernel.memmap.PageCache;

/// A file, directory, link or device, whatever names it has. An operation that a kind of inode does
/// not override answers as Linux does where the operation is absent.
///
/// Linux: struct inode and struct inode_operations
///
/// Directory operations get the directory's entry and the new name; they have passed the permission
/// checks, and the caller edits the tree of entries afterwards.
public abstract class Inode {
    private final SuperBlock superBlock;
    private final long number;
    private int mode;
    private int uid;
    private int gid;
    private long linkCount;
    private long rdev;
    private long sizeBytes;
    private long atimeNanos;
    private long mtimeNanos;
    private long ctimeNanos;
    private long btimeNanos;

    /// Open files, current directories and others that hold the inode. Linux: i_count
    private int users;

    /// Entries of the directory cache that lead here. Linux: i_dentry
    private int names;

    private boolean evicted;

    /// Writers (positive) or those who forbid writing (negative). Linux: i_writecount
    private int writeCount;

    /// Made by O_TMPFILE without O_EXCL: may get its first name by linkat(2). Linux: I_LINKABLE
    private boolean linkable;

    private @Nullable FileLocks locks;

    /// The pipe of a FIFO that is open. Linux: i_pipe
    private @Nullable Object attachment;

    /// All times are now.
    protected Inode(SuperBlock superBlock, long number, int mode, int uid, int gid) {
        this(superBlock, number, mode, uid, gid, 1);
    }

    /// All times are now.
    protected Inode(
            SuperBlock superBlock, long number, int mode, int uid, int gid, long linkCount) {
        this(superBlock, number, mode, uid, gid, linkCount, 0);
    }

    /// All times are now.
    protected Inode(
            SuperBlock superBlock,
            long number,
            int mode,
            int uid,
            int gid,
            long linkCount,
            long rdev) {
        this.linkCount = linkCount;
        this.rdev = rdev;
        this.superBlock = superBlock;
        this.number = number;
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        long now = superBlock.now();
        this.atimeNanos = now;
        this.mtimeNanos = now;
        this.ctimeNanos = now;
        this.btimeNanos = now;
    }

    public final SuperBlock superBlock() {
        return superBlock;
    }

    public final long number() {
        return number;
    }

    /// Type and permissions.
    public int mode() {
        return mode;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public long linkCount() {
        return linkCount;
    }

    /// The device a node stands for, encoded as [Stat#makeDevice].
    public long rdev() {
        return rdev;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public long atimeNanos() {
        return atimeNanos;
    }

    public long mtimeNanos() {
        return mtimeNanos;
    }

    public long ctimeNanos() {
        return ctimeNanos;
    }

    public long btimeNanos() {
        return btimeNanos;
    }

    public final void setMode(int newMode) {
        mode = newMode;
    }

    public final void setOwner(int newUid, int newGid) {
        uid = newUid;
        gid = newGid;
    }

    public final void setLinkCount(long count) {
        linkCount = count;
    }

    public final void setRdev(long device) {
        rdev = device;
    }

    public final void setSize(long newSizeBytes) {
        sizeBytes = newSizeBytes;
    }

    public final void setTimes(long newAtimeNanos, long newMtimeNanos, long newCtimeNanos) {
        atimeNanos = newAtimeNanos;
        mtimeNanos = newMtimeNanos;
        ctimeNanos = newCtimeNanos;
    }

    public final void setBirthTime(long nanos) {
        btimeNanos = nanos;
    }

    public final void touchAccess() {
        atimeNanos = superBlock.now();
    }

    /// The data changed: mtime and ctime are now.
    public final void touchData() {
        mtimeNanos = superBlock.now();
        ctimeNanos = mtimeNanos;
    }

    public final void touchStatus() {
        ctimeNanos = superBlock.now();
    }

    public final boolean isDirectory() {
        return Stat.isDirectory(mode());
    }

    public final boolean isRegular() {
        return Stat.isRegular(mode());
    }

    public final boolean isSymlink() {
        return Stat.isSymlink(mode());
    }

    /// S_IFREG, S_IFDIR, …
    public final int type() {
        return mode() & Stat.S_IFMT;
    }

    /// What open files of this inode do; null where opening is ENXIO (sockets).
    public abstract @Nullable FileOperations fileOperations();

    /// Finds a name that the cache of entries lacks. Linux: i_op->lookup; ENOTDIR where there is
    /// none
    ///
    /// @return null if there is no such name
    public @Nullable Inode lookup(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        throw Errno.ENOTDIR.exception();
    }

    /// Makes a regular file; `fullMode` carries the type, the umask is applied. Linux: i_op->create
    public Inode create(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        throw Errno.EACCES.exception();
    }

    /// Linux: i_op->mkdir
    public Inode mkdir(Dentry directory, String name, int fullMode, CallerContext caller)
            throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Linux: i_op->symlink
    public Inode symlink(Dentry directory, String name, String target, CallerContext caller)
            throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Makes a FIFO, socket or device. Linux: i_op->mknod
    public Inode mknod(
            Dentry directory, String name, int fullMode, long device, CallerContext caller)
            throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Adds a name to `target`, an inode of the same super block. Linux: i_op->link
    public void link(Dentry target, Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Removes a name that is no directory. Linux: i_op->unlink
    public void unlink(Dentry victim, CallerContext caller) throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Removes a directory. Linux: i_op->rmdir
    ///
    /// @throws ErrnoException ENOTEMPTY if it has names in it
    public void rmdir(Dentry victim, CallerContext caller) throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Renames an entry of this directory. Linux: i_op->rename
    ///
    /// @param source the entry
    /// @param newDirectory where to
    /// @param newName the name there
    /// @param target what has that name now, or null
    /// @param flags RENAME_*
    public void rename(
            Dentry source,
            Dentry newDirectory,
            String newName,
            @Nullable Dentry target,
            int flags,
            CallerContext caller)
            throws ErrnoException {
        throw Errno.EPERM.exception();
    }

    /// Makes what RENAME_WHITEOUT leaves behind. Linux: part of i_op->rename
    public Inode whiteout(Dentry directory, String name, CallerContext caller)
            throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Makes a file without a name (O_TMPFILE). Linux: i_op->tmpfile
    public Inode tmpfile(Dentry directory, int fullMode, CallerContext caller)
            throws ErrnoException {
        throw Errno.EOPNOTSUPP.exception();
    }

    /// The body of a symbolic link. Linux: i_op->get_link, readlink
    public String readlink(CallerContext caller) throws ErrnoException {
        throw Errno.EINVAL.exception();
    }

    /// Where a link jumps to without a path being walked (/proc/PID/exe and the like); null for
    /// ordinary links. Linux: nd_jump_link()
    public @Nullable Path magicTarget(CallerContext caller) throws ErrnoException {
        return null;
    }

    /// Whether the name still leads here; false makes the cache forget it. Linux:
    /// d_op->d_revalidate
    public boolean revalidate(Dentry dentry) throws ErrnoException {
        return true;
    }

    /// Whether names found in this directory are kept.
    public boolean isCachingNames() {
        return true;
    }

    /// Linux: i_op->permission; the default is generic_permission()
    ///
    /// @param mask of [Permissions]
    public void permission(int mask, CallerContext caller) throws ErrnoException {
        Permissions.generic(this, mask, caller.credentials());
    }

    /// Changes attributes, the checks of setattr_prepare() first. Linux: i_op->setattr;
    /// simple_setattr()
    public void setattr(Dentry dentry, AttributeChange change, CallerContext caller)
            throws ErrnoException {
        Attributes.prepare(this, change, caller);
        if (change.has(AttributeChange.SIZE)) {
            resize(change.sizeBytes(), caller);
        }
        Attributes.copy(this, change, caller);
    }

    /// The size is being set by truncate or open; the limits have been checked. Linux:
    /// truncate_setsize()
    protected void resize(long newSizeBytes, CallerContext caller) throws ErrnoException {
        sizeBytes = newSizeBytes;
    }

    /// Linux: i_op->getattr, generic_fillattr()
    public FileStatus getattr() throws ErrnoException {
        return new FileStatus(
                superBlock.device(),
                number,
                mode(),
                linkCount(),
                uid(),
                gid(),
                rdev(),
                sizeBytes(),
                4096,
                blocks(),
                atimeNanos(),
                mtimeNanos(),
                ctimeNanos(),
                btimeNanos());
    }

    /// st_blocks: 512-byte units in use.
    public long blocks() {
        return 0;
    }

    /// Pages in memory, or null if the inode has none. Linux: i_mapping
    public @Nullable PageCache pageCache() {
        return null;
    }

    /// Extended attributes, or null if the file system knows none (EOPNOTSUPP). Linux: s_xattr
    public @Nullable ExtendedAttributes extendedAttributes() {
        return null;
    }

    /// F_SEAL_*, or -1 if the inode cannot be sealed. Linux: memfd_file_seals_ptr()
    public int seals() {
        return -1;
    }

    /// Sets the seals; only for inodes whose [#seals] is not -1.
    public void setSeals(int seals) {
        throw new KernelBug("seals on an inode that has none");
    }

    /// Nobody holds the inode and no name leads to it: frees what it has. Linux: s_op->evict_inode
    protected void evict() {}

    /// Locks of flock(2) and fcntl(2). Linux: i_flctx
    public final FileLocks locks() {
        FileLocks known = locks;
        if (known == null) {
            known = new FileLocks();
            locks = known;
        }
        return known;
    }

    /// The locks if there ever were any.
    public final @Nullable FileLocks locksIfAny() {
        return locks;
    }

    /// What the operations keep with the inode while it is open. Linux: i_pipe, i_cdev
    public final @Nullable Object attachment() {
        return attachment;
    }

    public final void setAttachment(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /// One more holder. Linux: ihold()
    public final void acquire() {
        if (evicted) {
            throw new KernelBug(
                    "inode " + number + " of " + superBlock.typeName() + " used after eviction");
        }
        users++;
    }

    /// One holder less. Linux: iput()
    public final void release() {
        if (--users < 0) {
            throw new KernelBug(
                    "inode " + number + " of " + superBlock.typeName() + " released too often");
        }
        evictIfUnused();
    }

    /// Holders now.
    public final int users() {
        return users;
    }

    final void named() {
        names++;
    }

    final void unnamed() {
        names--;
        evictIfUnused();
    }

    private void evictIfUnused() {
        if (users == 0 && names <= 0 && !evicted) {
            evicted = true;
            evict();
        }
    }

    /// For O_TMPFILE: whether linkat(2) may name it although no link is left.
    final void setTemporary(boolean mayBeLinked) {
        linkable = mayBeLinked;
    }

    /// Linux: I_LINKABLE
    final boolean isLinkable() {
        return linkable;
    }

    /// Whether the inode is gone.
    public final boolean isEvicted() {
        return evicted;
    }

    /// A writer opens. Linux: get_write_access()
    public final void acquireWrite() throws ErrnoException {
        if (writeCount < 0) {
            throw Errno.ETXTBSY.exception();
        }
        writeCount++;
    }

    /// Linux: put_write_access()
    public final void releaseWrite() {
        writeCount--;
    }

    /// The file is executed: writing is refused. Linux: deny_write_access()
    public final void denyWrite() throws ErrnoException {
        if (writeCount > 0) {
            throw Errno.ETXTBSY.exception();
        }
        writeCount--;
    }

    /// Linux: allow_write_access()
    public final void allowWrite() {
        writeCount++;
    }

    /// Positive: open for writing. Linux: inode_is_open_for_write()
    public final int writeCount() {
        return writeCount;
    }
}
