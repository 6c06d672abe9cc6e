/* Does a dead child stay as a zombie with its pid, accepting signals, until it is waited for? */
#include "guest.h"

int main(void)
{
    siginfo_t info;
    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(2);
    MUST(waitid(P_PID, pid, &info, WEXITED | WNOWAIT));
    CHECK(kill(pid, 0));
    CHECK(kill(pid, SIGKILL));
    say("group still known: %d\n", getpgid(pid) == getpgrp());
    char path[40], line[200] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = MUST(open(path, O_RDONLY));
    MUST(read(fd, line, sizeof line - 1));
    close(fd);
    say("state %c\n", strrchr(line, ')')[2]);
    say_wait("child", pid);
    CHECK(kill(pid, 0));
    CHECK(access(path, F_OK));
    return 0;
}
