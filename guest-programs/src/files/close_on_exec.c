/* Are exactly the descriptors marked close-on-exec gone after execve, and do the others keep their position? */
#include "guest.h"

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        for (int fd = 3; fd < 9; fd++)
            say("descriptor %d: %s\n", fd, fcntl(fd, F_GETFD) == -1 ? "closed" : "open");
        CHECK(lseek(4, 0, SEEK_CUR));
        return 0;
    }
    int ends[2];
    only_standard_descriptors();
    MUST(open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    MUST(open("file", O_RDWR));
    MUST(write(4, "12345", 5));
    MUST(dup(3));
    MUST(pipe2(ends, O_CLOEXEC));
    MUST(fcntl(7, F_SETFD, 0));
    MUST(fcntl(0, F_DUPFD_CLOEXEC, 8));
    unlink("file");
    execl("/proc/self/exe", "program", "second", (char *)NULL);
    return 1;
}
