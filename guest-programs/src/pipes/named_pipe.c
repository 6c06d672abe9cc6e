/* Does a named pipe join two processes that open it, each open waiting for the other side? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    char text[32] = "";
    CHECK(mkfifo("fifo", 0600));
    CHECK(mkfifo("fifo", 0600));
    CHECK(open("fifo", O_WRONLY | O_NONBLOCK));
    CHECK_OK(open("fifo", O_RDONLY | O_NONBLOCK));
    only_standard_descriptors();
    pid_t pid = MUST(fork());
    if (pid == 0) {
        int fd = MUST(open("fifo", O_WRONLY));
        MUST(write(fd, "through a name", 14));
        _exit(0);
    }
    int fd = MUST(open("fifo", O_RDONLY));
    CHECK(read(fd, text, 31));
    say("%s\n", text);
    CHECK(read(fd, text, 31));
    say_wait("writer", pid);
    CHECK(unlink("fifo"));
    return 0;
}
