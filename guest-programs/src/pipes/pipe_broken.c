/* What does a writer see when the last reader goes while it waits, and a reader when the last writer goes? */
#include "guest.h"

int main(void)
{
    static char buffer[100000];
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    MUST(pipe(ends));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        close(ends[1]);
        sleep_ms(5);
        _exit(0); /* its reading end closes with it */
    }
    close(ends[0]);
    CHECK(write(ends[1], buffer, sizeof buffer));
    CHECK(write(ends[1], buffer, 1));
    say_wait("reader", pid);
    close(ends[1]);
    MUST(pipe(ends));
    pid = MUST(fork());
    if (pid == 0) {
        close(ends[0]);
        sleep_ms(5);
        _exit(0);
    }
    close(ends[1]);
    CHECK(read(ends[0], buffer, 1));
    say_wait("writer", pid);
    return 0;
}
