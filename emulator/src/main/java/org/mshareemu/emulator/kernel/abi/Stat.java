package org.mshareemu.emulator.kernel.abi;

/// File modes, device numbers and statx(2) masks; see inode(7).
///
/// Linux: include/uapi/linux/stat.h, include/linux/kdev_t.h
public final class Stat {
    public static final int S_IFMT = 0xf000;
    public static final int S_IFSOCK = 0xc000;
    public static final int S_IFLNK = 0xa000;
    public static final int S_IFREG = 0x8000;
    public static final int S_IFBLK = 0x6000;
    public static final int S_IFDIR = 0x4000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFIFO = 0x1000;
    public static final int S_ISUID = 0x800;
    public static final int S_ISGID = 0x400;
    public static final int S_ISVTX = 0x200;
    public static final int S_IRWXU = 0x1c0;
    public static final int S_IXGRP = 0x8;

    /// Permission bits with set-id and sticky. Linux: S_IALLUGO
    public static final int S_IALLUGO = 0xfff;

    public static final int S_IRWXUGO = 0x1ff;
    public static final int S_IXUGO = 0x49;

    /// Bytes of struct stat.
    public static final int SIZEOF_STAT = 144;

    /// Bytes of struct statx.
    public static final int SIZEOF_STATX = 256;

    /// Bytes of struct statfs.
    public static final int SIZEOF_STATFS = 120;

    public static final int STATX_TYPE = 0x1;
    public static final int STATX_MODE = 0x2;
    public static final int STATX_NLINK = 0x4;
    public static final int STATX_UID = 0x8;
    public static final int STATX_GID = 0x10;
    public static final int STATX_ATIME = 0x20;
    public static final int STATX_MTIME = 0x40;
    public static final int STATX_CTIME = 0x80;
    public static final int STATX_INO = 0x100;
    public static final int STATX_SIZE = 0x200;
    public static final int STATX_BLOCKS = 0x400;
    public static final int STATX_BASIC_STATS = 0x7ff;
    public static final int STATX_BTIME = 0x800;
    public static final int STATX_MNT_ID = 0x1000;
    public static final int STATX_RESERVED = 0x8000_0000;
    public static final int STATX_ATTR_MOUNT_ROOT = 0x2000;

    public static final int DT_UNKNOWN = 0;
    public static final int DT_WHT = 14;

    private Stat() {}

    /// The d_type of a mode. Linux: S_DT()
    public static int directoryType(int mode) {
        return (mode & S_IFMT) >>> 12;
    }

    public static boolean isDirectory(int mode) {
        return (mode & S_IFMT) == S_IFDIR;
    }

    public static boolean isRegular(int mode) {
        return (mode & S_IFMT) == S_IFREG;
    }

    public static boolean isSymlink(int mode) {
        return (mode & S_IFMT) == S_IFLNK;
    }

    /// A device number as stat(2) and mknod(2) carry it. Linux: new_encode_dev()
    public static long makeDevice(int major, int minor) {
        return (minor & 0xffL) | ((long) major << 8) | ((minor & 0xfff00L) << 12);
    }

    /// Linux: new_decode_dev(), MAJOR()
    public static int major(long device) {
        return (int) ((device >>> 8) & 0xfff);
    }

    /// Linux: new_decode_dev(), MINOR()
    public static int minor(long device) {
        return (int) ((device & 0xff) | ((device >>> 12) & 0xfff00));
    }
}
