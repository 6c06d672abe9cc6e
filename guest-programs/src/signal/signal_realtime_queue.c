/* Are realtime signals queued, each with its value, first in first out, while a standard signal keeps only the first? */
#include "guest.h"

static void on_signal(int signo, siginfo_t *info, void *context)
{
    (void)context;
    say("%s+%d value %d code %d\n", signo >= SIGRTMIN ? "SIGRTMIN" : "standard", signo >= SIGRTMIN ? signo - SIGRTMIN : signo,
        info->si_value.sival_int, info->si_code);
}

int main(void)
{
    sigset_t set;
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    sigemptyset(&set);
    int signals[] = {SIGRTMIN, SIGRTMIN + 1, SIGUSR1};
    for (int i = 0; i < 3; i++) {
        sigaddset(&set, signals[i]);
        sigaction(signals[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int value = 1; value <= 4; value++)
        for (int i = 2; i >= 0; i--)
            MUST(sigqueue(getpid(), signals[i], (union sigval){.sival_int = value * 10 + i}));
    kill(getpid(), SIGRTMIN);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    CHECK(sigqueue(getpid(), 65, (union sigval){0}));
    CHECK(sigqueue(99999999, SIGUSR1, (union sigval){0}));
    CHECK(sigqueue(getpid(), 0, (union sigval){0}));
    return 0;
}
