/* Does siglongjmp out of a handler restore the mask, so that the same signal can come again? And longjmp not? */
#include "guest.h"

#include <setjmp.h>

static sigjmp_buf target;

static void on_signal(int signo)
{
    (void)signo;
    siglongjmp(target, 7);
}

static void attempt(const char *label, int save_mask)
{
    sigset_t mask;
    volatile int round = 0;
    int value = sigsetjmp(target, save_mask);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say("%s: round %d value %d USR1 blocked %d\n", label, round, value, sigismember(&mask, SIGUSR1));
    if (round++ < 2 && !sigismember(&mask, SIGUSR1))
        raise(SIGUSR1);
    sigemptyset(&mask);
    sigprocmask(SIG_SETMASK, &mask, NULL);
}

int main(void)
{
    signal(SIGUSR1, on_signal);
    attempt("saving", 1);
    attempt("not saving", 0);
    return 0;
}
