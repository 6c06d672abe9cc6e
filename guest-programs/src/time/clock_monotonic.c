/* Does the monotonic clock never go back, and do gettimeofday, time and clock_gettime tell one time? */
#include "guest.h"

#include <sys/time.h>
#include <time.h>

static int64_t now(clockid_t clock)
{
    struct timespec t;
    MUST(clock_gettime(clock, &t));
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

int main(void)
{
    int backwards = 0;
    int64_t last = now(CLOCK_MONOTONIC);
    for (int i = 0; i < 10000; i++) {
        int64_t next = now(CLOCK_MONOTONIC);
        backwards += next < last;
        last = next;
    }
    say("went back %d times\n", backwards);
    struct timeval of_day;
    int64_t before = now(CLOCK_REALTIME);
    gettimeofday(&of_day, NULL);
    int64_t after = now(CLOCK_REALTIME), middle = of_day.tv_sec * 1000000000L + of_day.tv_usec * 1000L;
    say("gettimeofday lies between: %d\n", middle + 1000 > before && middle <= after);
    long seconds = time(NULL);
    say("time agrees: %d\n", seconds >= before / 1000000000 - 1 && seconds <= now(CLOCK_REALTIME) / 1000000000);
    say("after 2020: %d\n", seconds > 1577836800);
    struct timespec resolution;
    CHECK(clock_getres(CLOCK_MONOTONIC, &resolution));
    say("resolution %ld ns\n", resolution.tv_nsec);
    CHECK(clock_gettime(99, &resolution));
    CHECK(clock_gettime(-1, &resolution));
    CHECK(clock_gettime(CLOCK_BOOTTIME, &resolution));
    CHECK(clock_gettime(CLOCK_MONOTONIC_RAW, &resolution));
    CHECK(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &resolution));
    CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &resolution));
    return 0;
}
