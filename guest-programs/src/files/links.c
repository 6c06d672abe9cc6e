/* What do hard links and symbolic links allow, and what does readlink return? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    char target[64] = "................";
    static char long_target[4096];
    struct stat status;
    close(MUST(open("file", O_CREAT | O_WRONLY, 0600)));
    MUST(mkdir("directory", 0755));
    CHECK(link("file", "hard"));
    CHECK(link("file", "hard"));
    CHECK(link("missing", "x"));
    CHECK(link("directory", "x"));
    CHECK(link("file", "directory/hard"));
    stat("file", &status);
    say("links %ld\n", (long)status.st_nlink);
    CHECK(unlink("file"));
    stat("hard", &status);
    say("links %ld\n", (long)status.st_nlink);
    CHECK(symlink("directory/hard", "soft"));
    CHECK(symlink("anything", "soft"));
    CHECK(symlink("", "empty"));
    CHECK(readlink("soft", target, sizeof target));
    say("%s\n", target);
    CHECK(readlink("soft", target, 4));
    CHECK(readlink("soft", target, 0));
    CHECK(readlink("hard", target, sizeof target));
    CHECK(readlink("missing", target, sizeof target));
    CHECK(readlink("soft", nowhere(), 10));
    memset(long_target, 't', 4095);
    CHECK(symlink(long_target, "long"));
    CHECK(stat("long", &status));
    CHECK(lstat("long", &status));
    say("size of the link %ld\n", (long)status.st_size);
    MUST(symlink("..", "directory/up"));
    CHECK(access("directory/up/directory/up/soft", F_OK));
    CHECK(linkat(AT_FDCWD, "soft", AT_FDCWD, "copy", 0));
    lstat("copy", &status);
    say("a link to a link is a link %d\n", S_ISLNK(status.st_mode));
    CHECK(linkat(AT_FDCWD, "soft", AT_FDCWD, "followed", AT_SYMLINK_FOLLOW));
    lstat("followed", &status);
    say("followed it is a file %d\n", S_ISREG(status.st_mode));
    CHECK(unlink("long"));
    CHECK(unlink("long"));
    unlink("hard"); unlink("soft"); unlink("copy"); unlink("followed"); unlink("directory/up"); unlink("directory/hard");
    rmdir("directory");
    return 0;
}
