/* What does SIGCHLD carry for an exit, a kill, a stop and a continue, and does SA_NOCLDSTOP silence the stops? */
#include "fault.h"

static volatile pid_t child;
static int awake[2];

static void on_child(int signo, siginfo_t *info, void *context)
{
    (void)context;
    say("SIGCHLD %s status %d pid %d uid %d\n", code_name(signo, info->si_code), info->si_status, info->si_pid == child,
        info->si_uid);
}

static void on_continue(int signo)
{
    (void)signo;
    MUST(write(awake[1], "c", 1));
}

/* A continued child can be waited for before it has told its parent: hence the pipe, which it writes afterwards. */
static void round_of_life(void)
{
    sigset_t set, old;
    siginfo_t info;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &old);
    child = MUST(fork());
    if (child == 0) {
        signal(SIGCONT, on_continue);
        MUST(write(awake[1], "s", 1));
        for (;;)
            pause();
    }
    char byte;
    MUST(read(awake[0], &byte, 1));
    int steps[] = {SIGSTOP, SIGCONT, SIGKILL};
    for (int i = 0; i < 3; i++) {
        kill(child, steps[i]);
        MUST(waitid(P_PID, child, &info, WEXITED | WSTOPPED | WCONTINUED));
        if (steps[i] == SIGCONT)
            MUST(read(awake[0], &byte, 1));
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
    MUST(pipe(awake));
    MUST(sigaction(SIGCHLD, &action, NULL));
    say("without SA_NOCLDSTOP\n");
    round_of_life();
    action.sa_flags |= SA_NOCLDSTOP;
    MUST(sigaction(SIGCHLD, &action, NULL));
    say("with SA_NOCLDSTOP\n");
    round_of_life();
    return 0;
}
