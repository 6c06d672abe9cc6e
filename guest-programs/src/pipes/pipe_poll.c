/* Which events do poll, ppoll and select report for pipes that are empty, filled, full, hung up, broken or closed? */
#include "guest.h"

#include <poll.h>
#include <time.h>
#include <sys/select.h>

static void show(const char *label, int fd, short events)
{
    struct pollfd watch = {.fd = fd, .events = events};
    int ready = poll(&watch, 1, 0);
    say("%s: %d%s%s%s%s%s\n", label, ready, watch.revents & POLLIN ? " IN" : "", watch.revents & POLLOUT ? " OUT" : "",
        watch.revents & POLLHUP ? " HUP" : "", watch.revents & POLLERR ? " ERR" : "", watch.revents & POLLNVAL ? " NVAL" : "");
}

int main(void)
{
    static char buffer[65536];
    int ends[2];
    MUST(pipe(ends));
    show("empty, reader", ends[0], POLLIN);
    show("empty, writer", ends[1], POLLOUT);
    MUST(write(ends[1], "x", 1));
    show("filled, reader", ends[0], POLLIN | POLLOUT);
    show("asking nothing", ends[0], 0);
    MUST(read(ends[0], buffer, 1));
    MUST(write(ends[1], buffer, 65536));
    show("full, writer", ends[1], POLLOUT);
    MUST(read(ends[0], buffer, 4096));
    show("one page free, writer", ends[1], POLLOUT);
    int reader = MUST(dup(ends[0]));
    close(ends[0]);
    close(ends[1]);
    show("hung up with data", reader, POLLIN);
    while (read(reader, buffer, sizeof buffer) > 0)
        continue;
    show("hung up, empty", reader, POLLIN);
    close(reader);
    MUST(pipe(ends));
    close(ends[0]);
    show("broken, writer", ends[1], POLLOUT);
    show("closed descriptor", ends[0], POLLIN);
    show("negative descriptor", -1, POLLIN);
    int file = MUST(open("/dev/null", O_RDWR));
    show("device", file, POLLIN | POLLOUT);
    CHECK(poll(NULL, 0, 5));
    CHECK(syscall(SYS_poll, NULL, 1, 5));
    CHECK(ppoll(NULL, 0, &(struct timespec){0, 1000000}, NULL));
    CHECK(ppoll(NULL, 0, &(struct timespec){0, -1}, NULL));

    fd_set readable, writable;
    MUST(pipe(ends));
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_SET(ends[0], &readable);
    FD_SET(ends[1], &writable);
    CHECK(select(64, &readable, &writable, NULL, &(struct timeval){0, 0}));
    say("readable %d writable %d\n", FD_ISSET(ends[0], &readable) != 0, FD_ISSET(ends[1], &writable) != 0);
    FD_SET(60, &readable);
    CHECK(select(64, &readable, NULL, NULL, &(struct timeval){0, 0}));
    CHECK(select(-1, NULL, NULL, NULL, &(struct timeval){0, 0}));
    return 0;
}
