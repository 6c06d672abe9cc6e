/* Does fork return twice, with 0 in the child, and are the two processes parent and child of each other? */
#include "guest.h"

int main(void)
{
    pid_t self = getpid();
    pid_t pid = MUST(fork());
    if (pid == 0) {
        say("child: fork returned 0, new pid %d, parent is the forker %d\n", getpid() != self, getppid() == self);
        _exit(11);
    }
    int status;
    pid_t waited = waitpid(pid, &status, 0);
    say("parent: waited for the child %d, pid unchanged %d\n", waited == pid, getpid() == self);
    say_status("child", status);
    return 0;
}
