/* Does a timerfd count expirations, tell the time left, and block or refuse while there is none? */
#include "guest.h"

#include <poll.h>
#include <sys/timerfd.h>

int main(void)
{
    uint64_t count = 0;
    struct itimerspec setting = {.it_value = {0, 5000000}, .it_interval = {0, 5000000}}, current;
    int fd = MUST(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK));
    CHECK(read(fd, &count, 8));
    CHECK(timerfd_settime(fd, 0, &setting, NULL));
    CHECK(read(fd, &count, 8));
    struct pollfd watch = {.fd = fd, .events = POLLIN};
    CHECK(poll(&watch, 1, 10000));
    CHECK(read(fd, &count, 8));
    say("at least once %d\n", count >= 1);
    sleep_ms(20);
    CHECK(read(fd, &count, 8));
    say("several times %d\n", count >= 3);
    CHECK(timerfd_gettime(fd, &current));
    say("interval %ld, left within it %d\n", current.it_interval.tv_nsec,
        current.it_value.tv_nsec > 0 && current.it_value.tv_nsec <= 5000000);
    setting = (struct itimerspec){0};
    CHECK(timerfd_settime(fd, 0, &setting, NULL));
    CHECK(timerfd_gettime(fd, &current));
    say("disarmed %ld\n", current.it_value.tv_nsec);
    CHECK(timerfd_create(99, 0));
    CHECK(timerfd_create(CLOCK_MONOTONIC, 1));
    setting.it_value.tv_nsec = 1000000000;
    CHECK(timerfd_settime(fd, 0, &setting, NULL));
    return 0;
}
