/* Do two processes that answer each other over two pipes keep in step for 2000 rounds? */
#include "guest.h"

int main(void)
{
    int there[2], back[2];
    uint32_t value = 1;
    MUST(pipe(there));
    MUST(pipe(back));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        close(there[1]);
        close(back[0]);
        while (read(there[0], &value, sizeof value) == sizeof value) {
            value = value * 3 + 1;
            MUST(write(back[1], &value, sizeof value));
        }
        _exit(0);
    }
    close(there[0]);
    close(back[1]);
    for (int round = 0; round < 2000; round++) {
        value ^= round;
        MUST(write(there[1], &value, sizeof value));
        MUST(read(back[0], &value, sizeof value));
    }
    close(there[1]);
    say("value %08x\n", value);
    say_wait("child", pid);
    return 0;
}
