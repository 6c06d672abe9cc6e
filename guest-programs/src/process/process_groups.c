/* Which moves do setpgid and setsid allow? */
#include "guest.h"

static int ready[2], done[2];

static pid_t helper(bool session)
{
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char byte;
        if (session)
            setsid();
        MUST(write(ready[1], "r", 1));
        close(done[1]);
        read(done[0], &byte, 1);
        _exit(0);
    }
    char byte;
    MUST(read(ready[0], &byte, 1));
    return pid;
}

static void in_new_session(void)
{
    pid_t self = getpid();
    MUST(pipe(ready));
    MUST(pipe(done));
    say("child inherits the group %d and the session %d\n", getpgrp() == getpgid(getppid()), getsid(0) == getsid(getppid()));
    say("setsid returns the pid %d\n", setsid() == self);
    say("now group %d and session %d are its own\n", getpgrp() == self, getsid(0) == self);
    CHECK(setsid());
    CHECK(setpgid(0, 0));
    pid_t first = helper(false), second = helper(false), stranger = helper(true);
    CHECK(setpgid(first, first));
    CHECK(setpgid(second, first));
    say("second is in the group of first: %d\n", getpgid(second) == first);
    CHECK(setpgid(second, 0));
    CHECK(setpgid(first, self));
    CHECK(setpgid(stranger, stranger));
    CHECK(setpgid(second, stranger));
    CHECK(setpgid(getppid(), 0));
    CHECK(setpgid(-1, 0));
    CHECK(setpgid(0, -1));
    CHECK(getpgid(-1));
    CHECK(getsid(99999999));
    close(done[1]);
    while (wait(NULL) > 0)
        continue;
}

int main(void)
{
    in_child("session", in_new_session);
    return 0;
}
