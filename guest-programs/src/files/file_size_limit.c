/* Does RLIMIT_FSIZE cut a write short, then raise SIGXFSZ and EFBIG? (The limit holds for these calls only: standard
   output may be a file too.) */
#include "guest.h"

#include <sys/resource.h>

static volatile int caught;

static void on_signal(int signo) { caught = signo; }

static void limit_to(rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
}

#define LIMITED(call)                                                                                                  \
    do {                                                                                                               \
        caught = 0;                                                                                                    \
        limit_to(150);                                                                                                 \
        long result = (call);                                                                                          \
        int error = errno;                                                                                             \
        limit_to(RLIM_INFINITY);                                                                                       \
        errno = error;                                                                                                 \
        check(#call, result);                                                                                          \
        say("  signal %s\n", signal_name(caught));                                                                     \
    } while (0)

int main(void)
{
    char buffer[100];
    memset(buffer, 'f', sizeof buffer);
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    signal(SIGXFSZ, on_signal);
    LIMITED(write(fd, buffer, 100));
    LIMITED(write(fd, buffer, 100));
    LIMITED(write(fd, buffer, 1));
    LIMITED(ftruncate(fd, 151));
    LIMITED(ftruncate(fd, 150));
    LIMITED(pwrite(fd, buffer, 10, 1000));
    LIMITED(write(fd, buffer, 0));
    CHECK(lseek(fd, 0, SEEK_END));
    unlink("file");
    return 0;
}
