/* Is EMFILE given at RLIMIT_NOFILE by open, dup, pipe and F_DUPFD, and the lowest free number after a close? */
#include "guest.h"

#include <sys/resource.h>

int main(void)
{
    only_standard_descriptors();
    int opened = 0, ends[2];
    struct rlimit limit = {16, 16};
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    while (open("/dev/null", O_RDONLY) != -1)
        opened++;
    say("opened %d more, then %s\n", opened, errno_name(errno));
    CHECK(dup(0));
    CHECK(pipe(ends));
    CHECK(fcntl(0, F_DUPFD, 5));
    CHECK(fcntl(0, F_DUPFD, 16));
    CHECK(dup2(0, 16));
    CHECK(dup2(0, 15));
    CHECK(close(7));
    CHECK(close(9));
    CHECK(pipe(ends));
    say("ends %d %d\n", ends[0], ends[1]);
    CHECK(close(9));
    CHECK(pipe(ends));
    CHECK(open("/dev/zero", O_RDONLY));
    return 0;
}
