/* Does an eventfd count, block at zero with EAGAIN, and hand out ones as a semaphore? */
#include "guest.h"

#include <poll.h>
#include <sys/eventfd.h>

int main(void)
{
    uint64_t value = 3;
    int fd = MUST(eventfd(5, EFD_NONBLOCK));
    CHECK(write(fd, &value, 8));
    CHECK(read(fd, &value, 8));
    say("value %lu\n", value);
    CHECK(read(fd, &value, 8));
    value = ~0UL;
    CHECK(write(fd, &value, 8));
    value = ~0UL - 1;
    CHECK(write(fd, &value, 8));
    value = 1;
    CHECK(write(fd, &value, 8));
    CHECK(write(fd, &value, 4));
    CHECK(read(fd, &value, 4));
    struct pollfd watch = {.fd = fd, .events = POLLIN | POLLOUT};
    CHECK(poll(&watch, 1, 0));
    say("IN %d OUT %d\n", watch.revents & POLLIN ? 1 : 0, watch.revents & POLLOUT ? 1 : 0);
    int semaphore = MUST(eventfd(2, EFD_NONBLOCK | EFD_SEMAPHORE));
    for (int i = 0; i < 3; i++) {
        value = 0;
        CHECK(read(semaphore, &value, 8));
        say("value %lu\n", value);
    }
    CHECK(eventfd(0, 0x10000));
    return 0;
}
