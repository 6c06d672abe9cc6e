/* Do read, write, lseek, pread, pwrite, readv and writev agree about position and size? */
#include "guest.h"

#include <sys/uio.h>

int main(void)
{
    char buffer[128] = "";
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    CHECK(write(fd, "hello world", 11));
    CHECK(read(fd, buffer, 10));
    CHECK(lseek(fd, 0, SEEK_CUR));
    CHECK(lseek(fd, -5, SEEK_END));
    CHECK(read(fd, buffer, 100));
    say("%s\n", buffer);
    CHECK(lseek(fd, -100, SEEK_CUR));
    CHECK(lseek(fd, 0, 99));
    CHECK(lseek(fd, 1L << 62, SEEK_SET));
    CHECK(pwrite(fd, "WORLD", 5, 6));
    CHECK(pread(fd, buffer, 100, 0));
    say("%.11s\n", buffer);
    CHECK(lseek(fd, 0, SEEK_CUR));
    CHECK(pread(fd, buffer, 1, -1));
    CHECK(pwrite(fd, buffer, 1, -1));
    CHECK(pread(fd, buffer, 5, 11));
    CHECK(lseek(fd, 0, SEEK_SET));
    struct iovec out[] = {{"abc", 3}, {"", 0}, {"defgh", 5}}, in[] = {{buffer, 2}, {buffer + 10, 4}, {buffer + 20, 10}};
    CHECK(writev(fd, out, 3));
    CHECK(lseek(fd, 0, SEEK_SET));
    memset(buffer, 0, sizeof buffer);
    CHECK(readv(fd, in, 3));
    say("%s %s %s\n", buffer, buffer + 10, buffer + 20);
    CHECK(syscall(SYS_readv, fd, in, -1));
    CHECK(syscall(SYS_readv, fd, in, 1025));
    CHECK(writev(fd, nowhere(), 1));
    CHECK(preadv(fd, in, 2, 4));
    CHECK(pwritev(fd, out, 3, 20));
    CHECK(lseek(fd, 0, SEEK_END));
    CHECK(write(fd, buffer, 0));
    CHECK(write(-1, buffer, 1));
    CHECK(read(99, buffer, 1));
    CHECK(close(99));
    CHECK(close(fd));
    CHECK(close(fd));
    unlink("file");
    return 0;
}
