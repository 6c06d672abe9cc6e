/* Is a read of an empty pipe restarted after a handler with SA_RESTART, and EINTR without? Which calls never restart? */
#include "guest.h"

#include <poll.h>
#include <sys/time.h>
#include <time.h>

static volatile int caught;
static int ends[2];

static void on_alarm(int signo)
{
    (void)signo;
    caught++;
    if (caught == 2)
        MUST(write(ends[1], "x", 1));
}

static void arm(int flags)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = flags};
    struct itimerval timer = {.it_value = {0, 10000}, .it_interval = {0, 10000}};
    caught = 0;
    MUST(sigaction(SIGALRM, &action, NULL));
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
}

static void disarm(void)
{
    struct itimerval off = {0};
    MUST(setitimer(ITIMER_REAL, &off, NULL));
}

int main(void)
{
    char byte;
    MUST(pipe(ends));
    arm(0);
    CHECK(read(ends[0], &byte, 1));
    disarm();
    say("signals before it returned: %d\n", caught);
    arm(SA_RESTART);
    CHECK(read(ends[0], &byte, 1));
    disarm();
    say("signals before it returned: %d\n", caught);

    struct pollfd watch = {.fd = ends[0], .events = POLLIN};
    arm(SA_RESTART);
    CHECK(poll(&watch, 1, 10000));
    disarm();
    arm(SA_RESTART);
    CHECK(pause());
    disarm();
    arm(SA_RESTART);
    CHECK(nanosleep(&(struct timespec){10, 0}, NULL));
    disarm();
    arm(SA_RESTART);
    sigset_t none;
    sigemptyset(&none);
    CHECK(sigsuspend(&none));
    disarm();
    return 0;
}
