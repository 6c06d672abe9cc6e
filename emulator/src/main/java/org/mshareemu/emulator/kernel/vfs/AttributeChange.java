package org.mshareemu.emulator.kernel.vfs;

/// The attributes one call wants changed, each present or not. Linux: struct iattr
public final class AttributeChange {
    public static final int MODE = 1;
    public static final int UID = 1 << 1;
    public static final int GID = 1 << 2;
    public static final int SIZE = 1 << 3;
    public static final int ATIME = 1 << 4;
    public static final int MTIME = 1 << 5;
    public static final int CTIME = 1 << 6;

    /// The access time was given, not "now".
    public static final int ATIME_SET = 1 << 7;

    /// The modification time was given, not "now".
    public static final int MTIME_SET = 1 << 8;

    /// No permission check: the kernel itself asks.
    public static final int FORCE = 1 << 9;

    /// Clear set-user-id. Linux: ATTR_KILL_SUID
    public static final int KILL_SUID = 1 << 11;

    /// Clear set-group-id. Linux: ATTR_KILL_SGID
    public static final int KILL_SGID = 1 << 12;

    /// The size comes from an open file. Linux: ATTR_FILE
    public static final int FILE = 1 << 13;

    /// Part of open(2) with O_TRUNC. Linux: ATTR_OPEN
    public static final int OPEN = 1 << 15;

    /// Both times are "now" or given (utimensat). Linux: ATTR_TIMES_SET
    public static final int TIMES_SET = 1 << 16;

    /// Both times become "now" for somebody who may merely write. Linux: ATTR_TOUCH
    public static final int TOUCH = 1 << 17;

    private int valid;
    private int mode;
    private int uid;
    private int gid;
    private long sizeBytes;
    private long atimeNanos;
    private long mtimeNanos;

    /// A change of the size alone.
    public static AttributeChange ofSize(long sizeBytes) {
        return new AttributeChange().size(sizeBytes);
    }

    /// Whether all the given bits are set.
    public boolean has(int bits) {
        return (valid & bits) == bits;
    }

    /// Whether any of the given bits is set.
    public boolean hasAny(int bits) {
        return (valid & bits) != 0;
    }

    public AttributeChange with(int bits) {
        valid |= bits;
        return this;
    }

    public AttributeChange without(int bits) {
        valid &= ~bits;
        return this;
    }

    /// The permission bits wanted.
    public AttributeChange mode(int newMode) {
        mode = newMode;
        return with(MODE);
    }

    public AttributeChange uid(int newUid) {
        uid = newUid;
        return with(UID);
    }

    public AttributeChange gid(int newGid) {
        gid = newGid;
        return with(GID);
    }

    public AttributeChange size(long newSizeBytes) {
        sizeBytes = newSizeBytes;
        return with(SIZE);
    }

    public AttributeChange atime(long nanos) {
        atimeNanos = nanos;
        return with(ATIME);
    }

    public AttributeChange mtime(long nanos) {
        mtimeNanos = nanos;
        return with(MTIME);
    }

    public int mode() {
        return mode;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
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
}
