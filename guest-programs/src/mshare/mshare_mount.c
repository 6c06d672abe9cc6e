/* Does msharefs mount below /sys/fs/mshare, show itself to statfs, and unmount unless it is in use? */
#include "mshare.h"

int main(void)
{
    struct statfs found;
    struct stat status;
    CHECK(stat(MSHARE_DIRECTORY, &status));
    CHECK(mount("x", MSHARE_DIRECTORY, "nosuchfs", 0, NULL));
    CHECK(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, "size=1"));
    CHECK(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, NULL));
    CHECK(statfs(MSHARE_DIRECTORY, &found));
    say("type 0x%lx block size %ld name length %ld blocks %ld files %ld\n", (long)found.f_type, (long)found.f_bsize,
        (long)found.f_namelen, (long)found.f_blocks, (long)found.f_files);
    CHECK(stat(MSHARE_DIRECTORY, &status));
    say("root: inode %ld mode %o links %ld\n", (long)status.st_ino, status.st_mode, (long)status.st_nlink);
    int fd = MUST(open(MSHARE_DIRECTORY "/region", O_RDWR | O_CREAT, 0600));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(close(fd));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(access(MSHARE_DIRECTORY "/region", F_OK));
    return 0;
}
