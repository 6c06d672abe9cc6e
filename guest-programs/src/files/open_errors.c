/* Which errno does open give for flags, names and permissions? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    only_standard_descriptors();
    static char name_255[256], name_256[257], path_4096[4097];
    memset(name_255, 'n', 255);
    memset(name_256, 'n', 256);
    for (int i = 0; i < 4096; i++)
        path_4096[i] = i % 2 ? '/' : '.';
    close(MUST(open("file", O_CREAT | O_WRONLY, 0600)));
    MUST(mkdir("directory", 0700));
    MUST(symlink("file", "link"));
    MUST(symlink("nothing", "dangling"));
    MUST(symlink("loop", "loop"));
    CHECK(open("missing", O_RDONLY));
    CHECK(open("", O_RDONLY));
    CHECK(open("missing/below", O_CREAT | O_WRONLY, 0600));
    CHECK(open("file/below", O_RDONLY));
    CHECK(open("file/", O_RDONLY));
    CHECK(open("file", O_CREAT | O_EXCL | O_WRONLY, 0600));
    CHECK(open("link", O_CREAT | O_EXCL | O_WRONLY, 0600));
    CHECK(open("dangling", O_CREAT | O_EXCL | O_WRONLY, 0600));
    CHECK(open("dangling", O_RDONLY));
    CHECK(open("loop", O_RDONLY));
    CHECK(open("link", O_RDONLY | O_NOFOLLOW));
    CHECK(open("directory", O_WRONLY));
    CHECK(open("directory", O_RDWR));
    CHECK(open("directory", O_CREAT | O_RDONLY, 0600));
    CHECK(open("file", O_RDONLY | O_DIRECTORY));
    CHECK(open("new/", O_CREAT | O_WRONLY, 0600));
    CHECK(open("missing", O_CREAT | O_DIRECTORY | O_RDONLY, 0600));
    CHECK(open(nowhere(), O_RDONLY));
    CHECK(open(name_256, O_RDONLY));
    CHECK(open(name_255, O_RDONLY));
    CHECK(open(path_4096, O_RDONLY));
    CHECK(openat(77, "file", O_RDONLY));
    int fd = MUST(open("file", O_RDONLY)), directory = MUST(open("directory", O_RDONLY | O_DIRECTORY));
    CHECK(openat(fd, "x", O_RDONLY));
    CHECK(openat(directory, "x", O_RDONLY));
    CHECK_OK(openat(directory, "../file", O_RDONLY));
    CHECK_OK(open("dangling", O_CREAT | O_WRONLY, 0600));
    CHECK(access("nothing", F_OK));
    unlink("nothing"); unlink("dangling"); unlink("link"); unlink("loop"); unlink("file"); rmdir("directory");
    return 0;
}
