/* What does sigaction refuse, and what does it give back? */
#include "guest.h"

static void on_signal(int signo) { (void)signo; }

int main(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART | SA_NODEFER | SA_ONSTACK}, old;
    sigaddset(&action.sa_mask, SIGTERM);
    sigaddset(&action.sa_mask, SIGKILL);
    CHECK(sigaction(SIGUSR1, &action, NULL));
    CHECK(sigaction(SIGUSR1, NULL, &old));
    say("handler %d flags 0x%x mask TERM %d KILL %d HUP %d\n", old.sa_handler == on_signal, old.sa_flags & ~0x04000000,
        sigismember(&old.sa_mask, SIGTERM), sigismember(&old.sa_mask, SIGKILL), sigismember(&old.sa_mask, SIGHUP));
    CHECK(sigaction(SIGKILL, &action, NULL));
    CHECK(sigaction(SIGSTOP, &action, NULL));
    CHECK(sigaction(SIGKILL, NULL, &old));
    CHECK(sigaction(0, &action, NULL));
    CHECK(sigaction(65, &action, NULL));
    CHECK(syscall(SYS_rt_sigaction, SIGUSR1, nowhere(), NULL, 8));
    CHECK(syscall(SYS_rt_sigaction, SIGUSR1, NULL, nowhere(), 8));
    CHECK(syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 4));
    say("SIG_IGN reported: %d\n", signal(SIGHUP, SIG_IGN) == SIG_DFL && signal(SIGHUP, SIG_DFL) == SIG_IGN);
    return 0;
}
