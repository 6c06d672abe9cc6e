/* Does SA_ONSTACK run the handler on the alternate stack, what does sigaltstack say there, and what does it refuse? */
#include "guest.h"

static char stack[65536] __attribute__((aligned(16)));

static void on_signal(int signo)
{
    char local;
    stack_t current;
    (void)signo;
    sigaltstack(NULL, &current);
    say("on the alternate stack %d, flags %d\n", &local >= stack && &local < stack + sizeof stack, current.ss_flags);
    if (current.ss_flags == SS_ONSTACK) {
        stack_t other = {.ss_flags = SS_DISABLE};
        CHECK(sigaltstack(&other, NULL));
    }
}

int main(void)
{
    stack_t current, small = {.ss_sp = stack, .ss_size = 2047}, odd = {.ss_sp = stack, .ss_size = sizeof stack, .ss_flags = 8};
    stack_t good = {.ss_sp = stack, .ss_size = sizeof stack}, off = {.ss_flags = SS_DISABLE};
    struct sigaction action = {.sa_handler = on_signal};
    CHECK(sigaltstack(NULL, &current));
    say("at start: flags %d size %zu sp %d\n", current.ss_flags, current.ss_size, current.ss_sp != NULL);
    CHECK(sigaltstack(&small, NULL));
    CHECK(sigaltstack(&odd, NULL));
    CHECK(sigaltstack(nowhere(), NULL));
    CHECK(sigaltstack(&good, &current));
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    action.sa_flags = SA_ONSTACK;
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    CHECK(sigaltstack(NULL, &current));
    say("still set: flags %d size %zu sp %d\n", current.ss_flags, current.ss_size, current.ss_sp == stack);
    good.ss_flags = (int)(1U << 31); /* SS_AUTODISARM */
    CHECK(sigaltstack(&good, NULL));
    raise(SIGUSR1);
    CHECK(sigaltstack(NULL, &current));
    say("armed again: flags 0x%x\n", (unsigned)current.ss_flags);
    CHECK(sigaltstack(&off, NULL));
    CHECK(sigaltstack(NULL, &current));
    say("off: flags %d size %zu sp %d\n", current.ss_flags, current.ss_size, current.ss_sp != NULL);
    return 0;
}
