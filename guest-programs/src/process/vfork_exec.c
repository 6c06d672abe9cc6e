/* Does vfork suspend the parent until the child executes or exits, and does the child run in the parent's memory? */
#include "guest.h"

static volatile int shared = 1;

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        say("child program: shared is %d again\n", shared);
        return 21;
    }
    pid_t pid = vfork();
    if (pid == 0) {
        shared = 2;
        sleep_ms(20);
        say("child runs first\n");
        _exit(20);
    }
    say("parent sees %d\n", shared);
    say_wait("exited child", pid);
    pid = vfork();
    if (pid == 0) {
        shared = 3;
        execl("/proc/self/exe", "program", "child", (char *)NULL);
        _exit(1);
    }
    int seen = shared; /* printed later: from here on both run */
    say_wait("executed child", pid);
    say("parent saw %d\n", seen);
    return 0;
}
