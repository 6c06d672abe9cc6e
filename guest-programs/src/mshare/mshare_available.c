/* Is msharefs listed among the file systems, and can it be mounted? Without it: not listed, ENODEV. */
#include "guest.h"

#include <sys/mount.h>
#include <sys/stat.h>

int main(void)
{
    char line[64];
    bool listed = false;
    MUST(mkdir("there", 0755));
    FILE *filesystems = fopen("/proc/filesystems", "r");
    while (fgets(line, sizeof line, filesystems))
        listed |= strcmp(line, "nodev\tmsharefs\n") == 0;
    int result = mount("msharefs", "there", "msharefs", 0, NULL);
    if (listed)
        say("listed, mount %s\n", result == 0 ? "succeeds" : errno_name(errno));
    else
        say("not listed, mount %s\n", result == 0 ? "succeeds" : errno_name(errno));
    umount("there");
    MUST(rmdir("there"));
    return 0;
}
