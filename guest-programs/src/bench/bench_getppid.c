/* How long does the cheapest system call take? */
#include "bench.h"

int main(int argc, char **argv)
{
    long count = bench_count(argc, argv, 10000), parent = getppid(), same = 0;
    int64_t start = bench_now();
    for (long i = 0; i < count; i++)
        same += syscall(SYS_getppid) == parent;
    bench_report(argc, argv, start, count);
    say("getppid %ld times, same %d\n", count, same == count);
    return 0;
}
