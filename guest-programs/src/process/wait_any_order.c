/* Does wait for any child deliver every child exactly once, in the order in which they died? */
#include "guest.h"

#define CHILDREN 8

int main(void)
{
    pid_t pids[CHILDREN];
    int pipes[CHILDREN][2];
    for (int i = 0; i < CHILDREN; i++) {
        MUST(pipe(pipes[i]));
        if ((pids[i] = MUST(fork())) == 0) {
            char byte;
            close(pipes[i][1]);
            for (int k = 0; k < i; k++)
                close(pipes[k][1]);
            read(pipes[i][0], &byte, 1);
            _exit(i);
        }
        close(pipes[i][0]);
    }
    const int order[CHILDREN] = {5, 0, 7, 2, 1, 6, 3, 4};
    for (int k = 0; k < CHILDREN; k++) {
        int status, i = order[k];
        close(pipes[i][1]);
        pid_t pid = wait(&status);
        say("released %d: got it %d status %d\n", i, pid == pids[i], WEXITSTATUS(status));
    }
    CHECK(wait(NULL));
    return 0;
}
