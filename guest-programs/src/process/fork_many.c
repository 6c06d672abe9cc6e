/* Do 200 children live at once, and does each come back with its own status? */
#include "guest.h"

#define CHILDREN 200

int main(void)
{
    static pid_t pids[CHILDREN];
    int gate[2];
    MUST(pipe(gate));
    for (int i = 0; i < CHILDREN; i++) {
        if ((pids[i] = MUST(fork())) == 0) {
            char byte;
            close(gate[1]);
            read(gate[0], &byte, 1);
            _exit(i % 251);
        }
    }
    close(gate[1]);
    int distinct = 1, right = 0;
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        for (int k = 0; k < i; k++)
            distinct &= pids[i] != pids[k];
        if (waitpid(pids[i], &status, 0) == pids[i] && WIFEXITED(status) && WEXITSTATUS(status) == i % 251)
            right++;
    }
    say("%d children, %d right, pids distinct %d\n", CHILDREN, right, distinct);
    CHECK(wait(NULL));
    return 0;
}
