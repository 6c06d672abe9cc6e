/* Do parent and child share the file offset and status flags of an inherited descriptor, but not the descriptor table? */
#include "guest.h"

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fd, "0123456789", 10));
    MUST(lseek(fd, 2, SEEK_SET));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char byte;
        read(fd, &byte, 1);
        say("child read %c\n", byte);
        lseek(fd, 3, SEEK_CUR);
        fcntl(fd, F_SETFL, O_APPEND);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        close(fd);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    CHECK(lseek(fd, 0, SEEK_CUR));
    say("O_APPEND set by the child: %d\n", (fcntl(fd, F_GETFL) & O_APPEND) != 0);
    say("FD_CLOEXEC set by the child: %d\n", fcntl(fd, F_GETFD));
    unlink("file");
    return 0;
}
