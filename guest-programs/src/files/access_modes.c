/* What may root do, and what do access, faccessat, chmod and umask say? */
#include "guest.h"

#include <sys/stat.h>

static void mode_of(const char *name)
{
    struct stat status;
    MUST(stat(name, &status));
    say("mode %04o\n", status.st_mode & 07777);
}

int main(void)
{
    close(MUST(open("file", O_CREAT | O_WRONLY, 0777)));
    mode_of("file");
    CHECK(chmod("file", 0));
    CHECK(access("file", R_OK | W_OK));
    CHECK(access("file", X_OK));
    CHECK_OK(open("file", O_RDWR));
    CHECK(chmod("file", 0010));
    CHECK(access("file", X_OK));
    CHECK(access("file", 8));
    CHECK(access("missing", F_OK));
    CHECK(access("file/x", F_OK));
    CHECK(faccessat(AT_FDCWD, "file", R_OK, AT_EACCESS));
    CHECK(faccessat(99, "file", R_OK, 0));
    CHECK(chmod("file", 07777));
    mode_of("file");
    CHECK(umask(077));
    CHECK(umask(07777));
    CHECK(umask(022));
    int fd = MUST(open("file", O_RDONLY));
    CHECK(fchmod(fd, 0604));
    mode_of("file");
    CHECK(fchmodat(AT_FDCWD, "file", 0600, 0));
    CHECK(chmod("missing", 0600));
    CHECK(fchmod(99, 0600));
    CHECK(chown("file", 12, 34));
    struct stat status;
    stat("file", &status);
    say("owner %d group %d\n", status.st_uid, status.st_gid);
    CHECK(chmod("file", 06711));
    CHECK(fchown(fd, -1, 35));
    mode_of("file");
    stat("file", &status);
    say("owner %d group %d\n", status.st_uid, status.st_gid);
    unlink("file");
    return 0;
}
