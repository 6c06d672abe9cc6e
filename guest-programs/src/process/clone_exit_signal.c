/* Does the exit signal chosen at clone reach the parent, and are such children found only with __WCLONE or __WALL? */
#include "guest.h"

#include <sched.h>

static volatile int seen;

static void on_signal(int signo, siginfo_t *info, void *context)
{
    (void)context;
    seen = signo;
    say("%s code %d status %d\n", signal_name(signo), info->si_code, info->si_status);
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    int status, exit_signals[] = {SIGUSR1, 0, SIGCHLD};
    for (int i = 0; i < 3; i++) {
        seen = 0;
        pid_t pid = MUST(syscall(SYS_clone, exit_signals[i], NULL, NULL, NULL, NULL));
        if (pid == 0)
            _exit(40 + i);
        siginfo_t info;
        MUST(waitid(P_PID, pid, &info, WEXITED | WNOWAIT | __WALL));
        say("exit signal %s: seen %s\n", signal_name(exit_signals[i]), signal_name(seen));
        if (exit_signals[i] != SIGCHLD) {
            CHECK(waitpid(pid, &status, 0));
            say("with __WCLONE: %d\n", waitpid(pid, &status, __WCLONE) == pid);
        } else {
            CHECK(waitpid(pid, &status, __WCLONE));
            say("with __WALL: %d\n", waitpid(pid, &status, __WALL) == pid);
        }
    }
    return 0;
}
