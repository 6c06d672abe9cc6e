/* Does a write into a full pipe wait, and does a signal cut it short with the bytes that went through? */
#include "guest.h"

#include <sys/time.h>

static volatile int caught;

static void on_alarm(int signo)
{
    (void)signo;
    caught++;
}

int main(void)
{
    static char buffer[100000];
    int ends[2];
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval timer = {.it_value = {0, 10000}};
    MUST(pipe(ends));
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(write(ends[1], buffer, sizeof buffer)); /* 64 KiB fit, then it waits, then the alarm */
    say("alarms %d\n", caught);
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(write(ends[1], buffer, 1));
    say("alarms %d\n", caught);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        long total = 0;
        close(ends[1]);
        sleep_ms(5);
        for (ssize_t n; (n = read(ends[0], buffer, 1000)) > 0;)
            total += n;
        say("reader got %ld\n", total);
        _exit(0);
    }
    close(ends[0]);
    CHECK(write(ends[1], buffer, sizeof buffer)); /* now somebody drains it */
    close(ends[1]);
    say_wait("reader", pid);
    return 0;
}
