/* What does /proc refuse, and what do its files say about their size? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    char byte;
    struct stat status;
    CHECK(open("/proc/nothing", O_RDONLY));
    CHECK(open("/proc/self/nothing", O_RDONLY));
    CHECK(open("/proc/new", O_CREAT | O_WRONLY, 0600));
    CHECK(mkdir("/proc/new", 0755));
    CHECK(unlink("/proc/self/maps"));
    CHECK(stat("/proc/self/maps", &status));
    say("size %ld regular %d mode %03o\n", (long)status.st_size, S_ISREG(status.st_mode), status.st_mode & 0777);
    int fd = MUST(open("/proc/self/maps", O_RDONLY));
    CHECK(write(fd, "x", 1));
    CHECK(read(fd, &byte, 1));
    CHECK(lseek(fd, 0, SEEK_CUR));
    char first = byte;
    CHECK(lseek(fd, 0, SEEK_SET));
    CHECK(read(fd, &byte, 1));
    say("the same again %d\n", byte == first);
    CHECK(pread(fd, &byte, 1, 0));
    CHECK(access("/proc/1", F_OK));
    CHECK(access("/proc/0", F_OK));
    CHECK(access("/proc/01", F_OK));
    CHECK(stat("/proc/self", &status));
    say("a directory %d\n", S_ISDIR(status.st_mode));
    CHECK(lstat("/proc/self", &status));
    say("a link %d\n", S_ISLNK(status.st_mode));
    return 0;
}
