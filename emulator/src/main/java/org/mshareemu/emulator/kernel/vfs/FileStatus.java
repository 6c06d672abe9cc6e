package org.mshareemu.emulator.kernel.vfs;

/// What stat(2) tells about a file. Linux: struct kstat
///
/// @param device st_dev
/// @param inodeNumber st_ino
/// @param mode type and permissions
/// @param linkCount st_nlink
/// @param uid owner
/// @param gid group
/// @param rdev number of the device the node stands for
/// @param sizeBytes st_size
/// @param blockSizeBytes st_blksize
/// @param blocks 512-byte units
/// @param atimeNanos last access, since the epoch
/// @param mtimeNanos last change of data
/// @param ctimeNanos last change of status
/// @param btimeNanos birth, or -1 if not known
public record FileStatus(
        long device,
        long inodeNumber,
        int mode,
        long linkCount,
        int uid,
        int gid,
        long rdev,
        long sizeBytes,
        int blockSizeBytes,
        long blocks,
        long atimeNanos,
        long mtimeNanos,
        long ctimeNanos,
        long btimeNanos) {}
