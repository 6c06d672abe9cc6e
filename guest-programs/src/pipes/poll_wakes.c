/* Does poll sleep until another process writes, closes, or a signal comes, and does ppoll swap the mask meanwhile? */
#include "guest.h"

#include <poll.h>
#include <time.h>

static void on_usr1(int signo) { say("handler of %s\n", signal_name(signo)); }

int main(void)
{
    int ends[2];
    char byte;
    MUST(pipe(ends));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        close(ends[0]);
        sleep_ms(5);
        MUST(write(ends[1], "x", 1));
        sleep_ms(5);
        _exit(0);
    }
    close(ends[1]);
    struct pollfd watch = {.fd = ends[0], .events = POLLIN};
    CHECK(poll(&watch, 1, -1));
    say("IN %d HUP %d\n", watch.revents & POLLIN ? 1 : 0, watch.revents & POLLHUP ? 1 : 0);
    MUST(read(ends[0], &byte, 1));
    CHECK(poll(&watch, 1, 10000));
    say("IN %d HUP %d\n", watch.revents & POLLIN ? 1 : 0, watch.revents & POLLHUP ? 1 : 0);
    say_wait("writer", pid);

    sigset_t block, old;
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, &old);
    signal(SIGUSR1, on_usr1);
    raise(SIGUSR1);
    CHECK(ppoll(NULL, 0, &(struct timespec){10, 0}, &old));
    pid = MUST(fork());
    if (pid == 0) {
        sleep_ms(5);
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    CHECK(ppoll(NULL, 0, NULL, &old));
    say_wait("sender", pid);
    return 0;
}
