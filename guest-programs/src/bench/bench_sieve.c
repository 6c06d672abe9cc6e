/* How long does a sieve of Eratosthenes up to a million take? The count is how often. */
#include "bench.h"

#define LIMIT 1000000L

int main(int argc, char **argv)
{
    static char composite[LIMIT + 1];
    long count = bench_count(argc, argv, 1), primes = 0;
    int64_t start = bench_now();
    for (long round = 0; round < count; round++) {
        primes = 0;
        memset(composite, 0, sizeof composite);
        for (long i = 2; i <= LIMIT; i++) {
            if (composite[i])
                continue;
            primes++;
            for (long k = i * i; k <= LIMIT; k += i)
                composite[k] = 1;
        }
    }
    bench_report(argc, argv, start, count);
    say("%ld primes up to %ld, %ld times\n", primes, LIMIT, count);
    return 0;
}
