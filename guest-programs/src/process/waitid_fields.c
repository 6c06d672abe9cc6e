/* What does waitid report for an exit, a kill, a stop and a continue, and does WNOWAIT leave the child waitable? */
#include "guest.h"

static void show(const char *label, pid_t pid, int options)
{
    siginfo_t info = {0};
    if (waitid(P_PID, pid, &info, options) == -1) {
        say("%s: %s\n", label, errno_name(errno));
        return;
    }
    say("%s: signo %s code %d errno %d pid %d uid %d status %d\n", label, signal_name(info.si_signo), info.si_code,
        info.si_errno, info.si_pid == pid, info.si_uid, info.si_status);
}

static pid_t sleeper(void)
{
    pid_t pid = MUST(fork());
    if (pid == 0)
        for (;;)
            pause();
    return pid;
}

int main(void)
{
    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(300);
    show("exit 300, kept", pid, WEXITED | WNOWAIT);
    show("exit 300", pid, WEXITED);
    show("again", pid, WEXITED);

    pid = sleeper();
    kill(pid, SIGSTOP);
    show("stopped", pid, WSTOPPED);
    kill(pid, SIGCONT);
    show("continued", pid, WCONTINUED);
    kill(pid, SIGSTOP);
    show("stopped, kept", pid, WSTOPPED | WNOWAIT);
    show("stopped again", pid, WSTOPPED);
    kill(pid, SIGKILL);
    show("killed", pid, WEXITED);
    return 0;
}
