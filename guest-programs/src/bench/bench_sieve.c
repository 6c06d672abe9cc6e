/* How long does a number take in a sieve of Eratosthenes? The count is the limit. */
#include "bench.h"

int main(int argc, char **argv)
{
    long limit = bench_count(argc, argv, 100000), primes = 0;
    char *composite = calloc(limit + 1, 1);
    int64_t start = bench_now();
    for (long i = 2; i <= limit; i++) {
        if (composite[i])
            continue;
        primes++;
        for (long k = i * i; k <= limit; k += i)
            composite[k] = 1;
    }
    bench_report(argc, argv, start, limit);
    say("%ld primes up to %ld\n", primes, limit);
    return 0;
}
