package org.mshareemu.emulator.kernel.vfs;

/// What statfs(2) tells. Linux: struct kstatfs
///
/// @param type the magic number
/// @param blockSizeBytes preferred transfer size
/// @param blocks size in blocks
/// @param freeBlocks free for root
/// @param availableBlocks free for everybody
/// @param files inodes there are
/// @param freeFiles inodes still free
/// @param id f_fsid
/// @param nameLength longest name
/// @param fragmentBytes f_frsize
public record FileSystemStatus(
        long type,
        long blockSizeBytes,
        long blocks,
        long freeBlocks,
        long availableBlocks,
        long files,
        long freeFiles,
        long id,
        long nameLength,
        long fragmentBytes) {
    /// A file system that counts nothing. Linux: simple_statfs()
    public static FileSystemStatus simple(long type) {
        return new FileSystemStatus(type, 4096, 0, 0, 0, 0, 0, 0, Names.NAME_MAX, 4096);
    }
}
