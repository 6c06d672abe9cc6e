/* Do O_APPEND, O_TRUNC, O_EXCL, O_PATH and the access modes do what they say, and does F_GETFL tell them? */
#include "guest.h"

#include <sys/stat.h>

static void show(int fd)
{
    struct stat status;
    fstat(fd, &status);
    say("  size %ld position %ld flags %s%s%s\n", (long)status.st_size, (long)lseek(fd, 0, SEEK_CUR),
        (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY ? "read" : (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? "write" : "both",
        fcntl(fd, F_GETFL) & O_APPEND ? " append" : "", fcntl(fd, F_GETFL) & O_NONBLOCK ? " nonblock" : "");
}

int main(void)
{
    only_standard_descriptors();
    char byte;
    int fd = MUST(open("file", O_CREAT | O_EXCL | O_WRONLY, 0600));
    CHECK(write(fd, "0123456789", 10));
    CHECK(read(fd, &byte, 1));
    show(fd);
    int append = MUST(open("file", O_RDWR | O_APPEND | O_NONBLOCK));
    CHECK(lseek(append, 2, SEEK_SET));
    CHECK(write(append, "abc", 3));
    show(append);
    CHECK(pwrite(append, "X", 1, 0)); /* Linux appends here too */
    CHECK(pread(append, &byte, 1, 0));
    say("first byte %c\n", byte);
    show(append);
    int reader = MUST(open("file", O_RDONLY));
    CHECK(write(reader, "x", 1));
    show(reader);
    int truncated = MUST(open("file", O_RDWR | O_TRUNC));
    show(truncated);
    show(fd);
    CHECK(fcntl(fd, F_SETFL, O_APPEND));
    CHECK(write(fd, "end", 3));
    show(fd);
    int path = MUST(open("file", O_PATH));
    CHECK(read(path, &byte, 1));
    CHECK(fcntl(path, F_GETFL));
    CHECK(ftruncate(path, 0));
    CHECK(fchmod(path, 0));
    struct stat status;
    CHECK(fstat(path, &status));
    CHECK(ftruncate(reader, 0));
    CHECK_OK(creat("file", 0600));
    show(fd);
    unlink("file");
    return 0;
}
