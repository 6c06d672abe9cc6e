/* How does a program die of endless recursion? */
#include "guest.h"

#include <sys/resource.h>

static volatile int sink;

#pragma GCC diagnostic ignored "-Winfinite-recursion"
__attribute__((noinline)) static int recurse(int depth)
{
    volatile char frame[512];
    frame[0] = (char)depth;
    sink = recurse(depth + 1) + frame[0];
    return sink;
}

int main(void)
{
    struct rlimit limit = {1 << 20, 1 << 20};
    MUST(setrlimit(RLIMIT_STACK, &limit));
    say("about to crash\n");
    return recurse(0);
}
