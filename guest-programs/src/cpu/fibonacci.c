/* What is the n-th Fibonacci number, by plain recursion? usage: fibonacci N */
#include "guest.h"

static long fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 20;
    say("fibonacci(%d) = %ld\n", n, fibonacci(n));
    return 0;
}
