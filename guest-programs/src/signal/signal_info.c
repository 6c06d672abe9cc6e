/* What do si_signo, si_code, si_pid and si_uid say for raise, kill, tgkill, sigqueue, a child and another process? */
#include "fault.h"

static volatile pid_t sender;

static void on_signal(int signo, siginfo_t *info, void *context)
{
    (void)context;
    say("%s si_signo %d %s errno %d from self %d from parent %d uid %d\n", signal_name(signo), info->si_signo == signo,
        code_name(signo, info->si_code), info->si_errno, info->si_pid == getpid(), info->si_pid == sender, info->si_uid);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGUSR1, &action, NULL));
    MUST(sigaction(SIGUSR2, &action, NULL));
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    syscall(SYS_tgkill, getpid(), getpid(), SIGUSR2);
    syscall(SYS_tkill, getpid(), SIGUSR2);
    sigqueue(getpid(), SIGUSR2, (union sigval){.sival_int = 5});

    int ready[2];
    MUST(pipe(ready));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        sender = getppid();
        sigset_t set, old;
        sigemptyset(&set);
        sigaddset(&set, SIGUSR1);
        sigprocmask(SIG_BLOCK, &set, &old);
        MUST(write(ready[1], "r", 1));
        sigsuspend(&old);
        _exit(0);
    }
    char byte;
    MUST(read(ready[0], &byte, 1));
    kill(pid, SIGUSR1);
    say_wait("child", pid);
    return 0;
}
