/* Does PR_SET_PDEATHSIG signal the child when its parent dies? */
#include "guest.h"

#include <sys/prctl.h>

static int report;

static void on_usr1(int signo)
{
    (void)signo;
    MUST(write(report, "signalled", 9));
    _exit(0);
}

int main(void)
{
    int ends[2], ready[2];
    char text[32] = "";
    MUST(pipe(ends));
    MUST(pipe(ready));
    report = ends[1];
    pid_t middle = MUST(fork());
    if (middle == 0) {
        if (MUST(fork()) == 0) {
            signal(SIGUSR1, on_usr1);
            prctl(PR_SET_PDEATHSIG, SIGUSR1);
            MUST(write(ready[1], "r", 1));
            for (;;)
                pause();
        }
        char byte;
        MUST(read(ready[0], &byte, 1));
        _exit(0);
    }
    close(ends[1]);
    say_wait("middle", middle);
    while (read(ends[0], text, sizeof text) > 0)
        continue;
    say("grandchild: %s\n", text);
    return 0;
}
