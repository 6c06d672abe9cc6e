/* What do SA_NODEFER, SA_RESETHAND and sa_mask change about nesting? */
#include "guest.h"

static volatile int depth, raises;

static void on_signal(int signo)
{
    depth++;
    say("  enter %s depth %d\n", signal_name(signo), depth);
    if (raises-- > 0) {
        raise(SIGUSR1);
        raise(SIGUSR2);
        say("  both raised at depth %d\n", depth);
    }
    say("  leave %s\n", signal_name(signo));
    depth--;
}

static void attempt(const char *label, int flags, int masked)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    if (masked)
        sigaddset(&action.sa_mask, masked);
    sigaction(SIGUSR1, &action, NULL);
    action.sa_flags = 0;
    sigaction(SIGUSR2, &action, NULL);
    say("%s\n", label);
    raises = 1;
    raise(SIGUSR1);
    sigaction(SIGUSR1, NULL, &action);
    say("  handler afterwards: %s\n", action.sa_handler == SIG_DFL ? "default" : "ours");
}

static void reset_hand_kills(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND};
    sigaction(SIGTERM, &action, NULL);
    raises = 0;
    raise(SIGTERM);
    raise(SIGTERM);
}

int main(void)
{
    attempt("plain", 0, 0);
    attempt("SA_NODEFER", SA_NODEFER, 0);
    attempt("sa_mask holds SIGUSR2", 0, SIGUSR2);
    in_child("SA_RESETHAND, second time", reset_hand_kills);
    return 0;
}
