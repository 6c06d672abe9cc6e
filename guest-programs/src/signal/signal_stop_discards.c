/* Does SIGCONT discard pending stops, a stop discard a pending SIGCONT, and does SIGKILL end a stopped process? */
#include "guest.h"

static volatile int continued;

static void on_cont(int signo)
{
    (void)signo;
    continued++;
}

static void stop_then_continue(void)
{
    sigset_t set, pending;
    setpgid(0, 0);
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaddset(&set, SIGCONT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGTSTP);
    raise(SIGCONT);
    sigpending(&pending);
    say("after stop, continue: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
    raise(SIGTSTP);
    sigpending(&pending);
    say("after another stop: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
    raise(SIGCONT);
    signal(SIGCONT, on_cont);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    say("not stopped, SIGCONT handled %d\n", continued);
}

int main(void)
{
    in_child("first", stop_then_continue);
    pid_t pid = MUST(fork());
    if (pid == 0)
        for (;;)
            pause();
    int status;
    kill(pid, SIGSTOP);
    MUST(waitpid(pid, &status, WUNTRACED));
    say_status("second", status);
    kill(pid, SIGTERM);
    CHECK(waitpid(pid, &status, WNOHANG));
    kill(pid, SIGKILL);
    say_wait("second", pid);
    return 0;
}
