/* For programs that are meant to die: with the argument "caught" a handler first prints what the signal carries. */
#ifndef CRASH_H
#define CRASH_H

#include "fault.h"

static const volatile void *crash_base;

static inline void tell_and_die(int signo, siginfo_t *info, void *context)
{
    (void)context;
    fault_signo = signo;
    fault_code = info->si_code;
    fault_address = (uintptr_t)info->si_addr;
    if (info->si_code == SI_KERNEL)
        say("%s SI_KERNEL si_addr %lx\n", signal_name(signo), (unsigned long)fault_address);
    else
        say_fault("caught", crash_base);
    signal(signo, SIG_DFL); /* returning repeats the instruction, which now kills */
}

/* base is what the printed address is relative to. */
static inline void prepare_to_crash(int argc, char **argv, const volatile void *base)
{
    static char stack[65536];
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
    struct sigaction action = {.sa_sigaction = tell_and_die, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    crash_base = base;
    say("about to crash\n");
    if (argc < 2 || strcmp(argv[1], "caught") != 0)
        return;
    MUST(sigaltstack(&alternate, NULL));
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        MUST(sigaction(signals[i], &action, NULL));
}

#endif
