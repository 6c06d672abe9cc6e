/* How long does the 27th Fibonacci number take by plain recursion? The count is how often. */
#include "bench.h"

__attribute__((noinline)) static long fibonacci(long n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int main(int argc, char **argv)
{
    long count = bench_count(argc, argv, 1), sum = 0;
    int64_t start = bench_now();
    for (long round = 0; round < count; round++)
        sum += fibonacci(27);
    bench_report(argc, argv, start, count);
    say("sum of %ld times fibonacci(27) %ld\n", count, sum);
    return 0;
}
