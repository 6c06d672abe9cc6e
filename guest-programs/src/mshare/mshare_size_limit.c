/* Does RLIMIT_FSIZE stop the sizing of a region with SIGXFSZ and EFBIG, and leave it unsized? */
#include "mshare.h"

#include <sys/resource.h>

static void on_signal(int signo) { say("handler of %s\n", signal_name(signo)); }

int main(void)
{
    mount_msharefs();
    signal(SIGXFSZ, on_signal);
    int fd = MUST(open(MSHARE_DIRECTORY "/region", O_RDWR | O_CREAT, 0600));
    struct rlimit limit = {SLOT, RLIM_INFINITY}, none = {RLIM_INFINITY, RLIM_INFINITY};
    MUST(setrlimit(RLIMIT_FSIZE, &limit));
    CHECK(ftruncate(fd, 2 * SLOT));
    CHECK(fallocate(fd, 0, 0, 2 * SLOT));
    MUST(setrlimit(RLIMIT_FSIZE, &none));
    CHECK(ftruncate(fd, 2 * SLOT));
    return 0;
}
