/* Does a child inherit mask and handlers but no pending signals? */
#include "guest.h"

static void on_signal(int signo) { say("handler of %s in the %s\n", signal_name(signo), getppid() > 0 ? "process" : "?"); }

static void child(void)
{
    sigset_t set;
    sigpending(&set);
    say("child: pending USR1 %d\n", sigismember(&set, SIGUSR1));
    sigprocmask(SIG_SETMASK, NULL, &set);
    say("child: blocked USR1 %d\n", sigismember(&set, SIGUSR1));
    raise(SIGUSR1);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int main(void)
{
    sigset_t set;
    signal(SIGUSR1, on_signal);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    in_child("child", child);
    say("parent unblocks\n");
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    return 0;
}
