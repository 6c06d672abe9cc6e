/* What does SIGCHLD carry for an exit, a kill, a stop and a continue, and does SA_NOCLDSTOP silence the stops? */
#include "fault.h"

static volatile pid_t child;

static void on_child(int signo, siginfo_t *info, void *context)
{
    (void)context;
    say("SIGCHLD %s status %d pid %d uid %d\n", code_name(signo, info->si_code), info->si_status, info->si_pid == child,
        info->si_uid);
}

/* The handler runs before waitid returns to the program, so its line comes first. */
static void round_of_life(void)
{
    sigset_t set, old;
    siginfo_t info;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &old);
    child = MUST(fork());
    if (child == 0)
        for (;;)
            pause();
    int steps[] = {SIGSTOP, SIGCONT, SIGKILL};
    for (int i = 0; i < 3; i++) {
        kill(child, steps[i]);
        MUST(waitid(P_PID, child, &info, WEXITED | WSTOPPED | WCONTINUED));
        say("waited: %s\n", code_name(SIGCHLD, info.si_code));
        sigprocmask(SIG_SETMASK, &old, NULL);
        sigprocmask(SIG_BLOCK, &set, NULL);
    }
    child = MUST(fork());
    if (child == 0)
        _exit(77);
    MUST(waitid(P_PID, child, &info, WEXITED));
    sigprocmask(SIG_SETMASK, &old, NULL);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_child, .sa_flags = SA_SIGINFO};
    MUST(sigaction(SIGCHLD, &action, NULL));
    say("without SA_NOCLDSTOP\n");
    round_of_life();
    action.sa_flags |= SA_NOCLDSTOP;
    MUST(sigaction(SIGCHLD, &action, NULL));
    say("with SA_NOCLDSTOP\n");
    round_of_life();
    return 0;
}
