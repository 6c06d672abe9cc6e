/* Are two mounts of msharefs two file systems that share no regions, and does the later cover the earlier? */
#include "mshare.h"

int main(void)
{
    MUST(mkdir("elsewhere", 0755));
    CHECK(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, NULL));
    CHECK(mount("other", "elsewhere", "msharefs", 0, NULL));
    close(MUST(open(MSHARE_DIRECTORY "/region", O_RDWR | O_CREAT, 0600)));
    CHECK(access(MSHARE_DIRECTORY "/region", F_OK));
    CHECK(access("elsewhere/region", F_OK));
    CHECK(access("elsewhere/mshare_info", F_OK));
    CHECK(mount("msharefs", MSHARE_DIRECTORY, "msharefs", 0, NULL));
    CHECK(access(MSHARE_DIRECTORY "/region", F_OK));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(access(MSHARE_DIRECTORY "/region", F_OK));
    CHECK(umount(MSHARE_DIRECTORY));
    CHECK(umount("elsewhere"));
    CHECK(rmdir("elsewhere"));
    return 0;
}
