/* Does PR_SET_CHILD_SUBREAPER make a process adopt the orphans among its descendants? */
#include "guest.h"

#include <sys/prctl.h>

int main(void)
{
    int status, go[2], self = getpid(), flag = -1;
    MUST(pipe(go));
    CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1));
    CHECK(prctl(PR_GET_CHILD_SUBREAPER, &flag));
    say("flag %d\n", flag);
    pid_t middle = MUST(fork());
    if (middle == 0) {
        prctl(PR_GET_CHILD_SUBREAPER, &flag);
        say("inherited by the child: %d\n", flag);
        pid_t parent = getpid();
        if (MUST(fork()) == 0) {
            char byte;
            MUST(read(go[0], &byte, 1));
            while (getppid() == parent)
                sleep_ms(1);
            say("orphan: parent is the subreaper %d\n", getppid() == self);
            _exit(9);
        }
        _exit(8);
    }
    say_wait("middle", middle);
    MUST(write(go[1], "g", 1));
    say("another child: %d\n", wait(&status) > 0);
    say_status("orphan", status);
    CHECK(wait(&status));
    return 0;
}
