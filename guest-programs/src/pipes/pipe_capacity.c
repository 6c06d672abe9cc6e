/* Does a pipe hold 64 KiB, refuse more with EAGAIN, and change its size on request? */
#include "guest.h"

static long fill(int fd, size_t chunk)
{
    static char buffer[65536];
    long total = 0;
    for (ssize_t n; (n = write(fd, buffer, chunk)) > 0;)
        total += n;
    return total;
}

static void drain(int fd)
{
    static char buffer[65536];
    while (read(fd, buffer, sizeof buffer) > 0)
        continue;
}

int main(void)
{
    int ends[2];
    char byte;
    MUST(pipe2(ends, O_NONBLOCK));
    CHECK(fcntl(ends[0], F_GETPIPE_SZ));
    CHECK(read(ends[0], &byte, 1));
    say("by 4096: %ld\n", fill(ends[1], 4096));
    CHECK(write(ends[1], &byte, 1));
    CHECK(read(ends[0], &byte, 1));
    CHECK(write(ends[1], &byte, 1)); /* a slot is free only when its whole page is */
    drain(ends[0]);
    say("by 65536: %ld\n", fill(ends[1], 65536));
    drain(ends[0]);
    say("by 1: %ld\n", fill(ends[1], 1));
    drain(ends[0]);
    say("by 3000: %ld\n", fill(ends[1], 3000));
    drain(ends[0]);
    CHECK(fcntl(ends[0], F_SETPIPE_SZ, 4096));
    say("by 4096: %ld\n", fill(ends[1], 4096));
    CHECK(fcntl(ends[1], F_SETPIPE_SZ, 10000));
    CHECK(fcntl(ends[1], F_SETPIPE_SZ, 0));
    CHECK(fcntl(ends[1], F_SETPIPE_SZ, -1));
    int device = MUST(open("/dev/null", O_RDONLY));
    CHECK(fcntl(device, F_GETPIPE_SZ));
    return 0;
}
