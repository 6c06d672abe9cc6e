/* How many primes are there below the limit? usage: sieve LIMIT */
#include "guest.h"

int main(int argc, char **argv)
{
    int limit = argc > 1 ? atoi(argv[1]) : 100000, count = 0;
    char *composite = calloc(limit + 1, 1);
    for (long i = 2; i <= limit; i++) {
        if (composite[i])
            continue;
        count++;
        for (long k = i * i; k <= limit; k += i)
            composite[k] = 1;
    }
    say("%d primes up to %d\n", count, limit);
    return 0;
}
