/* Does a chain of 60 processes, each the child of the one before, pass a sum of its depths back up by exit statuses? */
#include "guest.h"

#define DEPTH 60

static int descend(int depth)
{
    if (depth == DEPTH)
        return 0;
    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(descend(depth + 1) + 1);
    int status;
    MUST(waitpid(pid, &status, 0));
    return WEXITSTATUS(status);
}

int main(void)
{
    say("depth by statuses: %d\n", descend(0));
    return 0;
}
