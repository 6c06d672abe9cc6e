/* Do all 2^7 processes of a fork tree run once each? They count by bytes in a pipe. */
#include "guest.h"

int main(void)
{
    int ends[2], count = 0;
    char buffer[64];
    MUST(pipe(ends));
    pid_t root = MUST(fork());
    if (root == 0) {
        close(ends[0]);
        for (int level = 0; level < 7; level++)
            MUST(fork());
        MUST(write(ends[1], "x", 1));
        while (wait(NULL) > 0)
            continue;
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
        count += n;
    say("%d processes\n", count);
    say_wait("root", root);
    return 0;
}
