/* Does sigtimedwait take the lowest pending signal of the set, time out with EAGAIN, and leave the others pending? */
#include "guest.h"

#include <time.h>

static void take(sigset_t *set)
{
    siginfo_t info = {0};
    int signo = sigtimedwait(set, &info, &(struct timespec){0, 1000000});
    if (signo == -1)
        say("sigtimedwait: %s\n", errno_name(errno));
    else
        say("sigtimedwait: %d code %d value %d\n", signo, info.si_code, info.si_code == SI_QUEUE ? info.si_value.sival_int : 0);
}

int main(void)
{
    sigset_t set, one;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGRTMIN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    take(&set);
    sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 8});
    kill(getpid(), SIGUSR2);
    kill(getpid(), SIGUSR1);
    sigemptyset(&one);
    sigaddset(&one, SIGUSR2);
    take(&one);
    take(&set);
    take(&set);
    take(&set);
    CHECK(syscall(SYS_rt_sigtimedwait, &set, NULL, &(struct timespec){0, 1000000000}, 8));
    CHECK(syscall(SYS_rt_sigtimedwait, &set, NULL, &(struct timespec){0, 0}, 16));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        sleep_ms(5);
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    int signo;
    CHECK(sigwait(&set, &signo));
    say("sigwait took %s\n", signal_name(signo));
    say_wait("child", pid);
    return 0;
}
