/* Do sigprocmask's three operations and sigpending agree, is one instance kept of a blocked standard signal, and can
   SIGKILL and SIGSTOP be blocked? */
#include "guest.h"

static volatile int caught;

static void on_signal(int signo)
{
    (void)signo;
    caught++;
}

static void show(const char *label)
{
    sigset_t mask, pending;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    sigpending(&pending);
    say("%s: blocked", label);
    for (int signo = 1; signo < 32; signo++)
        if (sigismember(&mask, signo) == 1)
            say(" %s", signal_name(signo));
    say("; pending");
    for (int signo = 1; signo < 32; signo++)
        if (sigismember(&pending, signo) == 1)
            say(" %s", signal_name(signo));
    say("; caught %d\n", caught);
}

int main(void)
{
    sigset_t set;
    signal(SIGUSR1, on_signal);
    signal(SIGUSR2, on_signal);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGKILL);
    sigaddset(&set, SIGSTOP);
    CHECK(sigprocmask(SIG_BLOCK, &set, NULL));
    show("after block");
    raise(SIGUSR1);
    raise(SIGUSR1);
    raise(SIGUSR2);
    show("after raising");
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    CHECK(sigprocmask(SIG_SETMASK, &set, NULL));
    show("after set");
    CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL));
    show("after unblock");
    CHECK(sigprocmask(17, &set, NULL));
    CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 4));
    CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, nowhere(), NULL, 8));
    CHECK(syscall(SYS_rt_sigprocmask, 17, NULL, NULL, 8));
    CHECK(syscall(SYS_rt_sigpending, &set, 9));
    return 0;
}
