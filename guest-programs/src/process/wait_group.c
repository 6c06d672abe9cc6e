/* Do waitpid(0), waitpid(-pgid) and P_PGID choose by process group? */
#include "guest.h"

static pid_t start(int code, bool own_group)
{
    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(code);
    if (own_group)
        setpgid(pid, pid);
    return pid;
}

int main(void)
{
    int status, hold[2];
    pid_t pids[2];
    MUST(pipe(hold));
    for (int i = 0; i < 2; i++) {
        if ((pids[i] = MUST(fork())) == 0) {
            char byte;
            if (i == 1)
                setpgid(0, 0);
            close(hold[1]);
            read(hold[0], &byte, 1);
            _exit(10 + i);
        }
    }
    while (getpgid(pids[1]) != pids[1])
        sleep_ms(1);
    CHECK(waitpid(0, &status, WNOHANG));
    CHECK(waitpid(-pids[1], &status, WNOHANG));
    CHECK(waitpid(-pids[0], &status, WNOHANG));
    close(hold[1]);
    say("own group: %d\n", waitpid(-pids[1], &status, 0) == pids[1]);
    say_status("it", status);
    siginfo_t info;
    CHECK(waitid(P_PGID, getpgrp(), &info, WEXITED));
    say("status %d\n", info.si_status);
    CHECK(waitpid(0, &status, 0));
    pid_t last = start(7, false);
    say("caller's group: %d\n", waitpid(0, &status, 0) == last);
    return 0;
}
