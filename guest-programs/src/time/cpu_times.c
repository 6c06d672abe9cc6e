/* Do times, getrusage and the processor clock advance with work, and do a child's times arrive at its parent? */
#include "guest.h"

#include <sys/resource.h>
#include <sys/times.h>
#include <time.h>

static volatile unsigned sink;

static void work(void)
{
    clock_t start = clock();
    while (clock() - start < CLOCKS_PER_SEC / 20)
        for (int i = 0; i < 10000; i++)
            sink += i;
}

int main(void)
{
    struct tms before, after;
    struct rusage usage;
    clock_t ticks = times(&before);
    work();
    clock_t later = times(&after);
    say("own time grows %d, elapsed grows %d\n", after.tms_utime + after.tms_stime > before.tms_utime + before.tms_stime,
        later > ticks);
    say("children's time is zero %d\n", after.tms_cutime + after.tms_cstime == 0);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        struct tms own;
        times(&own);
        say("a child starts at zero %d\n", own.tms_utime + own.tms_stime <= 1);
        work();
        _exit(0);
    }
    say_wait("child", pid);
    times(&after);
    say("children's time has arrived %d\n", after.tms_cutime + after.tms_cstime > 0);
    getrusage(RUSAGE_CHILDREN, &usage);
    say("RUSAGE_CHILDREN too %d\n", usage.ru_utime.tv_usec + usage.ru_stime.tv_usec > 0);
    return 0;
}
