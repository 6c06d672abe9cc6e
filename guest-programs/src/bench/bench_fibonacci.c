/* How long does a call take in the recursive Fibonacci function? The count is its argument. */
#include "bench.h"

static long calls;

__attribute__((noinline)) static long fibonacci(long n)
{
    calls++;
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

int main(int argc, char **argv)
{
    long n = bench_count(argc, argv, 20);
    int64_t start = bench_now();
    long result = fibonacci(n);
    bench_report(argc, argv, start, calls);
    say("fibonacci(%ld) = %ld in %ld calls\n", n, result, calls);
    return 0;
}
