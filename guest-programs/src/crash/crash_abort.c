/* How does a program die that calls abort, and is a returning handler of SIGABRT no escape? */
#include "guest.h"

static void on_abort(int signo) { say("handler of %s\n", signal_name(signo)); }

int main(void)
{
    signal(SIGABRT, on_abort);
    abort();
}
