/* Do chdir, fchdir and getcwd agree, through removal of the directory and across fork? */
#include "guest.h"

#include <sys/stat.h>

static char start[512];

static void where(const char *label)
{
    char path[512];
    if (!getcwd(path, sizeof path))
        say("%s: %s\n", label, errno_name(errno));
    else
        say("%s: start%s\n", label, path + strlen(start));
}

static void child(void)
{
    MUST(chdir("inner"));
    where("child");
}

int main(void)
{
    MUST(getcwd(start, sizeof start) ? 0 : -1);
    MUST(mkdir("outer", 0755));
    MUST(mkdir("outer/inner", 0755));
    int fd = MUST(open(".", O_RDONLY | O_DIRECTORY));
    CHECK(chdir("outer"));
    where("parent");
    in_child("child", child);
    where("parent");
    CHECK(chdir("inner/../inner/."));
    where("dots");
    CHECK(chdir("missing"));
    CHECK(chdir("/proc/self/stat"));
    CHECK(chdir(nowhere()));
    CHECK(fchdir(0x7ffffff));
    CHECK(syscall(SYS_getcwd, start, 1));
    CHECK(rmdir("../inner"));
    where("removed");
    CHECK(chdir(".."));
    where("above removed");
    CHECK(fchdir(fd));
    where("back");
    CHECK(rmdir("outer"));
    CHECK(chdir("/"));
    say("%s\n", getcwd((char[10]){0}, 10));
    return 0;
}
