package org.mshareemu.emulator.kernel.abi;

/// Flags of mount(2), umount2(2) and statfs(2). Linux: include/uapi/linux/mount.h, linux/statfs.h
public final class MountFlags {
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_SYNCHRONOUS = 16;
    public static final long MS_REMOUNT = 32;
    public static final long MS_MANDLOCK = 64;
    public static final long MS_DIRSYNC = 128;
    public static final long MS_NOSYMFOLLOW = 256;
    public static final long MS_NOATIME = 1024;
    public static final long MS_NODIRATIME = 2048;
    public static final long MS_BIND = 4096;
    public static final long MS_MOVE = 8192;
    public static final long MS_REC = 16_384;
    public static final long MS_SILENT = 32_768;
    public static final long MS_UNBINDABLE = 1 << 17;
    public static final long MS_PRIVATE = 1 << 18;
    public static final long MS_SLAVE = 1 << 19;
    public static final long MS_SHARED = 1 << 20;
    public static final long MS_RELATIME = 1 << 21;
    public static final long MS_STRICTATIME = 1 << 24;
    public static final long MS_LAZYTIME = 1 << 25;
    public static final long MS_MGC_VAL = 0xc0ed_0000L;
    public static final long MS_MGC_MSK = 0xffff_0000L;

    /// The flags that belong to a mount and not to its super block.
    public static final long PER_MOUNT =
            MS_RDONLY
                    | MS_NOSUID
                    | MS_NODEV
                    | MS_NOEXEC
                    | MS_NOATIME
                    | MS_NODIRATIME
                    | MS_RELATIME
                    | MS_NOSYMFOLLOW;

    public static final int MNT_FORCE = 1;
    public static final int MNT_DETACH = 2;
    public static final int MNT_EXPIRE = 4;
    public static final int UMOUNT_NOFOLLOW = 8;

    public static final long ST_RDONLY = 0x0001;
    public static final long ST_NOSUID = 0x0002;
    public static final long ST_NODEV = 0x0004;
    public static final long ST_NOEXEC = 0x0008;
    public static final long ST_SYNCHRONOUS = 0x0010;
    public static final long ST_VALID = 0x0020;
    public static final long ST_NOATIME = 0x0400;
    public static final long ST_NODIRATIME = 0x0800;
    public static final long ST_RELATIME = 0x1000;
    public static final long ST_NOSYMFOLLOW = 0x2000;

    public static final long TMPFS_MAGIC = 0x0102_1994;
    public static final long RAMFS_MAGIC = 0x8584_58f6L;
    public static final long PROC_SUPER_MAGIC = 0x9fa0;
    public static final long SYSFS_MAGIC = 0x6265_6572;
    public static final long PIPEFS_MAGIC = 0x5049_5045;
    public static final long ANON_INODE_FS_MAGIC = 0x0904_1934;
    public static final long OVERLAYFS_SUPER_MAGIC = 0x794c_7630;
    public static final long EXT4_SUPER_MAGIC = 0xef53;
    public static final long DEVPTS_SUPER_MAGIC = 0x1cd1;
    public static final long CGROUP2_SUPER_MAGIC = 0x6367_7270;

    private MountFlags() {}
}
