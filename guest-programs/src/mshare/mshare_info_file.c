/* Does mshare_info tell the alignment, exactly and read-only, and resist removal? */
#include "mshare.h"

#define INFO MSHARE_DIRECTORY "/mshare_info"

int main(void)
{
    char text[32] = "";
    struct stat status;
    mount_msharefs();
    CHECK(stat(INFO, &status));
    say("inode %ld mode %o size %ld uid %d gid %d\n", (long)status.st_ino, status.st_mode, (long)status.st_size,
        status.st_uid, status.st_gid);
    int fd = MUST(open(INFO, O_RDONLY));
    CHECK(read(fd, text, sizeof text - 1));
    say("%s", text);
    CHECK(read(fd, text, sizeof text));
    CHECK(pread(fd, text, 3, 2));
    say("%.3s\n", text);
    CHECK_MAP(mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0));
    int writable = MUST(open(INFO, O_RDWR)); /* root may; the file has no write operation */
    CHECK(write(writable, "x", 1));
    CHECK(fallocate(writable, 0, 0, SLOT));
    CHECK(unlink(INFO));
    CHECK(rename(INFO, MSHARE_DIRECTORY "/other"));
    close(MUST(open(MSHARE_DIRECTORY "/region", O_RDWR | O_CREAT, 0600)));
    CHECK(rename(MSHARE_DIRECTORY "/region", INFO));
    CHECK(open(INFO, O_CREAT | O_EXCL | O_RDWR, 0600));
    CHECK(unlink(MSHARE_DIRECTORY "/region"));
    return 0;
}
