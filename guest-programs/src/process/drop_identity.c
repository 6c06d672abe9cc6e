/* What changes for a process that gives up root: identity, kill, files? */
#include "guest.h"

#include <sys/stat.h>

static pid_t root_process;

static void as_user(void)
{
    CHECK(setgid(1000));
    CHECK(setuid(1000));
    CHECK(getuid());
    CHECK(getegid());
    CHECK(setuid(0));
    CHECK(setuid(1000));
    CHECK(kill(root_process, 0));
    CHECK(open("private", O_RDONLY));
    CHECK_OK(open("public", O_RDONLY));
    CHECK(open("public", O_WRONLY));
    CHECK(chmod("public", 0777));
    CHECK(access("private", F_OK));
    CHECK(access("private", R_OK));
}

int main(void)
{
    root_process = getpid();
    close(MUST(open("private", O_CREAT | O_WRONLY, 0600)));
    close(MUST(open("public", O_CREAT | O_WRONLY, 0644)));
    MUST(chmod(".", 0755));
    in_child("user", as_user);
    CHECK(getuid());
    unlink("private");
    unlink("public");
    return 0;
}
