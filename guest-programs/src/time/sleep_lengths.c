/* Do nanosleep, clock_nanosleep, usleep, poll and select sleep at least as long as asked? */
#include "guest.h"

#include <poll.h>
#include <sys/select.h>
#include <time.h>

static int64_t now(void)
{
    struct timespec t;
    MUST(clock_gettime(CLOCK_MONOTONIC, &t));
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

int main(void)
{
    struct timespec ten = {0, 10000000}, until;
    int64_t start = now();
    CHECK(nanosleep(&ten, NULL));
    say("long enough %d\n", now() - start >= 10000000);
    start = now();
    CHECK(clock_nanosleep(CLOCK_MONOTONIC, 0, &ten, NULL));
    say("long enough %d\n", now() - start >= 10000000);
    start = now();
    until = (struct timespec){(start + 10000000) / 1000000000, (start + 10000000) % 1000000000};
    CHECK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
    say("until then %d\n", now() >= start + 10000000);
    CHECK(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
    start = now();
    CHECK(poll(NULL, 0, 10));
    say("long enough %d\n", now() - start >= 10000000);
    start = now();
    CHECK(select(0, NULL, NULL, NULL, &(struct timeval){0, 10000}));
    say("long enough %d\n", now() - start >= 10000000);
    CHECK(nanosleep(&(struct timespec){0, 1000000000}, NULL));
    CHECK(nanosleep(&(struct timespec){-1, 0}, NULL));
    CHECK(nanosleep(&(struct timespec){0, 0}, NULL));
    CHECK(syscall(SYS_clock_nanosleep, 99, 0, &ten, NULL));
    CHECK(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &ten, NULL));
    CHECK(sleep(0));
    return 0;
}
