/* Do SA_NOCLDWAIT and an ignored SIGCHLD reap children by themselves, and what does wait return then? */
#include "guest.h"

static volatile int handled;

static void on_child(int signo)
{
    (void)signo;
    handled++;
}

static void round_of_children(const char *label)
{
    handled = 0;
    for (int i = 0; i < 3; i++)
        if (MUST(fork()) == 0)
            _exit(i);
    int status = 0x55, result;
    do
        result = wait(&status);
    while (result == -1 && errno == EINTR);
    say("%s: wait %d %s, status 0x%x, handler ran %d\n", label, result, errno_name(errno), status, handled > 0);
}

int main(void)
{
    signal(SIGCHLD, SIG_IGN);
    round_of_children("SIG_IGN");
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_NOCLDWAIT | SA_RESTART};
    sigaction(SIGCHLD, &action, NULL);
    round_of_children("SA_NOCLDWAIT with handler");
    action = (struct sigaction){.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT};
    sigaction(SIGCHLD, &action, NULL);
    round_of_children("SA_NOCLDWAIT with default");
    signal(SIGCHLD, SIG_DFL);
    if (MUST(fork()) == 0)
        _exit(9);
    int status;
    say("SIG_DFL: waited %d", wait(&status) > 0);
    say_status("", status);
    return 0;
}
