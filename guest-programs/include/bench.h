/* usage of every benchmark: NAME COUNT [time]. Prints the work's result, and with "time" the nanoseconds per operation. */
#ifndef BENCH_H
#define BENCH_H

#include "guest.h"

#include <time.h>

static inline long bench_count(int argc, char **argv, long usual) { return argc > 1 ? atol(argv[1]) : usual; }

static inline int64_t bench_now(void)
{
    struct timespec now;
    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static inline void bench_report(int argc, char **argv, int64_t start, long operations)
{
    int64_t elapsed = bench_now() - start;
    if (argc > 2 && strcmp(argv[2], "time") == 0)
        say("%.1f ns/op\n", (double)elapsed / operations);
}

#endif
