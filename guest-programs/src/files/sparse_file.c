/* Do holes read as zeros, count in the size and not in the blocks, and does ftruncate cut and grow? */
#include "guest.h"

#include <sys/stat.h>

static void show(const char *label, int fd)
{
    struct stat status;
    MUST(fstat(fd, &status));
    say("%s: size %ld, few blocks %d\n", label, (long)status.st_size, status.st_blocks * 512 < 1 << 20);
}

int main(void)
{
    char buffer[8];
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    CHECK(pwrite(fd, "far", 3, 10 << 20));
    show("written at 10 MiB", fd);
    memset(buffer, 'x', sizeof buffer);
    CHECK(pread(fd, buffer, 8, (10 << 20) - 4));
    say("%d %d %c\n", buffer[0], buffer[3], buffer[4]);
    CHECK(ftruncate(fd, (10 << 20) + 1));
    CHECK(ftruncate(fd, 20 << 20));
    CHECK(pread(fd, buffer, 3, 10 << 20));
    say("%c %d %d\n", buffer[0], buffer[1], buffer[2]);
    show("cut and grown", fd);
    CHECK_OK(lseek(fd, 0, SEEK_DATA));
    CHECK(truncate("file", 5));
    show("truncated", fd);
    CHECK(truncate("file", -1));
    CHECK(truncate("missing", 0));
    CHECK(truncate(".", 0));
    CHECK(ftruncate(fd, -1));
    CHECK(ftruncate(99, 0));
    unlink("file");
    return 0;
}
