/* Is a blocked or ignored fault signal fatal all the same, and a fault inside its own handler? */
#include "guest.h"

static void fault(void) { *(volatile char *)nowhere() = 1; }

static void blocked(void)
{
    sigset_t set;
    sigfillset(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    fault();
}

static void ignored(void)
{
    signal(SIGSEGV, SIG_IGN);
    fault();
}

static void on_segv(int signo)
{
    (void)signo;
    say("in the handler\n");
    fault();
}

static void inside_handler(void)
{
    signal(SIGSEGV, on_segv);
    fault();
}

static void on_segv_nodefer(int signo)
{
    static int depth;
    (void)signo;
    say("depth %d\n", ++depth);
    if (depth == 3)
        _exit(3);
    fault();
}

static void nested(void)
{
    struct sigaction action = {.sa_handler = on_segv_nodefer, .sa_flags = SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    fault();
}

static void blocked_but_sent(void)
{
    sigset_t set;
    sigfillset(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGSEGV);
    say("a sent SIGSEGV stays pending\n");
}

int main(void)
{
    in_child("blocked", blocked);
    in_child("ignored", ignored);
    in_child("inside its handler", inside_handler);
    in_child("SA_NODEFER", nested);
    in_child("blocked but sent", blocked_but_sent);
    return 0;
}
