package org.mshareemu.emulator.kernel.vfs.hostfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What lstat(2) says on the host.
///
/// @param key device and inode number: what file it is
/// @param mode type and permissions
/// @param linkCount names of the file
/// @param uid owner
/// @param gid group
/// @param rdev device a node stands for
/// @param sizeBytes length
/// @param atimeNanos last access
/// @param mtimeNanos last change of data
/// @param ctimeNanos last change of status
record HostAttributes(
        Key key,
        int mode,
        long linkCount,
        int uid,
        int gid,
        long rdev,
        long sizeBytes,
        long atimeNanos,
        long mtimeNanos,
        long ctimeNanos) {
    /// A file's identity on the host.
    record Key(long device, long inodeNumber) {}

    private static final String WANTED =
            "unix:mode,ino,dev,rdev,nlink,uid,gid,size,lastAccessTime,lastModifiedTime,ctime";

    /// Looks at a path without following a link at its end.
    static HostAttributes read(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
        return new HostAttributes(
                new Key(number(all, "dev"), number(all, "ino")),
                (int) number(all, "mode"),
                number(all, "nlink"),
                (int) number(all, "uid"),
                (int) number(all, "gid"),
                number(all, "rdev"),
                number(all, "size"),
                time(all, "lastAccessTime"),
                time(all, "lastModifiedTime"),
                time(all, "ctime"));
    }

    private static long number(Map<String, Object> all, String name) {
        return all.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long time(Map<String, Object> all, String name) {
        return all.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }

    /// Whether the content cannot have changed since.
    boolean hasSameContent(HostAttributes later) {
        return sizeBytes == later.sizeBytes && mtimeNanos == later.mtimeNanos;
    }
}
