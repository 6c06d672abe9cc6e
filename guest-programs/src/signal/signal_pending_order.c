/* In which order are several pending signals delivered when they are unblocked? Low numbers first, each handler nested
   before the earlier one runs; faults would come before all. */
#include "guest.h"

static void on_signal(int signo) { say("  %d\n", signo); }

int main(void)
{
    sigset_t all, old;
    const int order[] = {SIGTERM, SIGRTMIN + 2, SIGUSR2, SIGHUP, SIGRTMIN, SIGUSR1, SIGINT, SIGRTMIN + 1, SIGCHLD};
    sigfillset(&all);
    struct sigaction action = {.sa_handler = on_signal};
    for (int masked = 0; masked < 2; masked++) {
        say(masked ? "handlers block everything:\n" : "handlers block only their own:\n");
        if (masked)
            action.sa_mask = all;
        for (size_t i = 0; i < sizeof order / sizeof *order; i++)
            sigaction(order[i], &action, NULL);
        sigprocmask(SIG_BLOCK, &all, &old);
        for (size_t i = 0; i < sizeof order / sizeof *order; i++)
            raise(order[i]);
        sigprocmask(SIG_SETMASK, &old, NULL);
    }
    return 0;
}
