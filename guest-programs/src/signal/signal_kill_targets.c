/* Whom does kill reach: self, a group, everybody of a group with 0, nobody? */
#include "guest.h"

static volatile int caught;

static void on_signal(int signo)
{
    (void)signo;
    caught++;
}

static void group_of_three(void)
{
    int ready[2];
    char byte;
    pid_t pids[2];
    setpgid(0, 0);
    MUST(pipe(ready));
    for (int i = 0; i < 2; i++) {
        if ((pids[i] = MUST(fork())) == 0) {
            signal(SIGTERM, SIG_DFL);
            MUST(write(ready[1], "r", 1));
            for (;;)
                pause();
        }
        MUST(read(ready[0], &byte, 1));
    }
    CHECK(kill(0, SIGTERM));
    say("sender caught it too: %d\n", caught);
    for (int i = 0; i < 2; i++)
        say_wait("member", pids[i]);
    CHECK(kill(-getpgrp(), SIGTERM));
    say("sender alone caught %d\n", caught);
}

int main(void)
{
    signal(SIGTERM, on_signal);
    CHECK(kill(getpid(), 0));
    CHECK(kill(getpid(), SIGTERM));
    say("caught %d\n", caught);
    caught = 0;
    in_child("group", group_of_three);
    CHECK(kill(99999999, SIGTERM));
    CHECK(kill(-99999999, SIGTERM));
    CHECK(kill(getpid(), 65));
    CHECK(kill(getpid(), -1));
    CHECK(syscall(SYS_tgkill, getpid(), 99999999, SIGTERM));
    CHECK(syscall(SYS_tgkill, -1, getpid(), SIGTERM));
    CHECK(syscall(SYS_tgkill, 1, getpid(), SIGTERM));
    CHECK(syscall(SYS_tkill, 0, SIGTERM));
    return 0;
}
