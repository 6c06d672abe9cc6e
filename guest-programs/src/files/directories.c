/* What do mkdir, rmdir, and the link count of a directory say? */
#include "guest.h"

#include <sys/stat.h>

static long links(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? (long)status.st_nlink : -1;
}

int main(void)
{
    CHECK(mkdir("a", 0755));
    CHECK(mkdir("a", 0755));
    CHECK(mkdir("a/b", 0755));
    CHECK(mkdir("a/b/", 0755));
    CHECK(mkdir("a/c/", 0700));
    say("links of a: %ld, of b: %ld\n", links("a"), links("a/b"));
    CHECK(mkdir("missing/d", 0755));
    CHECK(mkdir("", 0755));
    CHECK(mkdir(".", 0755));
    CHECK(mkdir("/", 0755));
    CHECK(rmdir("a"));
    CHECK(rmdir("a/b/."));
    CHECK(rmdir("a/b/.."));
    CHECK(rmdir("missing"));
    CHECK(unlink("a/b"));
    close(MUST(open("a/file", O_CREAT | O_WRONLY, 0600)));
    CHECK(rmdir("a/file"));
    CHECK(mkdir("a/file/d", 0755));
    CHECK(unlinkat(AT_FDCWD, "a/b", AT_REMOVEDIR));
    CHECK(unlinkat(AT_FDCWD, "a/file", AT_REMOVEDIR));
    CHECK(unlinkat(AT_FDCWD, "a/file", 0));
    CHECK(unlinkat(AT_FDCWD, "a/c", 0x40));
    CHECK(rmdir("a/c/"));
    say("links of a: %ld\n", links("a"));
    umask(027);
    CHECK(mkdir("masked", 0777));
    struct stat status;
    stat("masked", &status);
    say("mode %04o\n", status.st_mode & 07777);
    CHECK(rmdir("masked"));
    CHECK(rmdir("a"));
    return 0;
}
