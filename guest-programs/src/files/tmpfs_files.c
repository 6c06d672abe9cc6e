/* Do files in /tmp work like any others? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    char name[64], text[16] = "";
    struct stat status;
    snprintf(name, sizeof name, "/tmp/guest-%d", getpid());
    stat("/tmp", &status);
    say("/tmp is a directory %d\n", S_ISDIR(status.st_mode));
    int fd = MUST(open(name, O_CREAT | O_EXCL | O_RDWR, 0600));
    CHECK(write(fd, "temporary", 9));
    CHECK(pread(fd, text, 15, 0));
    say("%s\n", text);
    CHECK(unlink(name));
    CHECK(access(name, F_OK));
    CHECK(access("/tmp/..", F_OK));
    CHECK(mkdir("/tmp", 0755));
    return 0;
}
