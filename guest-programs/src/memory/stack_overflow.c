/* Does running out of stack give SIGSEGV, deliverable only on an alternate stack, near the limit? */
#include "fault.h"

#include <sys/resource.h>

static volatile int sink;

#pragma GCC diagnostic ignored "-Winfinite-recursion"
__attribute__((noinline)) static int overflow(int depth)
{
    volatile char frame[1000];
    frame[0] = (char)depth;
    sink = overflow(depth + 1) + frame[0];
    return sink;
}

static void without_alternate(void)
{
    catch_faults();
    overflow(0);
}

int main(void)
{
    static char stack[65536];
    struct rlimit limit = {1 << 20, 1 << 20};
    MUST(setrlimit(RLIMIT_STACK, &limit));
    in_child("no alternate stack", without_alternate);
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    MUST(sigaltstack(&alternate, NULL));
    catch_faults();
    char *top = __builtin_frame_address(0);
    if (sigsetjmp(fault_return, 1) == 0)
        overflow(0);
    size_t depth = (size_t)(top - (char *)fault_address);
    say("%s %s, within 1 MiB: %d, at least half of it: %d\n", signal_name(fault_signo), code_name(fault_signo, fault_code),
        depth <= 1 << 20, depth > 1 << 19);
    return 0;
}
