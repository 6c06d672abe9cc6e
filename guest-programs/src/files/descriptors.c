/* Do dup, dup2, dup3 and F_DUPFD choose the promised numbers, share the position, and treat close-on-exec apart? */
#include "guest.h"

int main(void)
{
    only_standard_descriptors();
    int fd = MUST(open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    CHECK(fd);
    CHECK(fcntl(fd, F_GETFD));
    CHECK(dup(fd));
    CHECK(dup(fd));
    CHECK(fcntl(4, F_GETFD));
    CHECK(dup2(fd, 20));
    CHECK(dup2(fd, fd));
    CHECK(dup3(fd, 21, O_CLOEXEC));
    CHECK(fcntl(21, F_GETFD));
    CHECK(dup3(fd, fd, 0));
    CHECK(dup3(fd, 22, O_APPEND));
    CHECK(fcntl(fd, F_DUPFD, 10));
    CHECK(fcntl(fd, F_DUPFD_CLOEXEC, 10));
    CHECK(fcntl(11, F_GETFD));
    CHECK(fcntl(fd, F_SETFD, 0));
    CHECK(fcntl(fd, F_GETFD));
    CHECK(write(20, "shared", 6));
    CHECK(lseek(4, 0, SEEK_CUR));
    CHECK(close(4));
    CHECK(dup(fd));
    CHECK(dup(99));
    CHECK(dup2(99, 5));
    CHECK(dup2(fd, -1));
    CHECK(dup2(fd, 1 << 30));
    CHECK(fcntl(fd, F_DUPFD, -1));
    CHECK(fcntl(fd, 9999));
    CHECK(fcntl(99, F_GETFD));
    CHECK(dup2(1, 5));
    CHECK(lseek(20, 0, SEEK_END));
    unlink("file");
    return 0;
}
