/* Does sigsuspend swap the mask, run the handler under the new mask plus its own, and restore the old one? */
#include "guest.h"

static void show(const char *label)
{
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say("%s: USR1 %d USR2 %d TERM %d\n", label, sigismember(&mask, SIGUSR1), sigismember(&mask, SIGUSR2),
        sigismember(&mask, SIGTERM));
}

static void on_signal(int signo)
{
    say("handler of %s\n", signal_name(signo));
    show("mask in the handler");
}

int main(void)
{
    sigset_t set;
    signal(SIGUSR1, on_signal);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    show("before");
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    CHECK(sigsuspend(&set));
    show("after");
    CHECK(syscall(SYS_rt_sigsuspend, &set, 7));
    CHECK(syscall(SYS_rt_sigsuspend, nowhere(), 8));
    return 0;
}
