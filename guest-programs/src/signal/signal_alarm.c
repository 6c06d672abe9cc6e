/* Do alarm and setitimer fire, report what was left, repeat, and survive neither fork nor re-arming with 0? */
#include "guest.h"

#include <sys/time.h>

static volatile int caught;

static void on_alarm(int signo)
{
    (void)signo;
    caught++;
}

static void child(void)
{
    struct itimerval timer;
    getitimer(ITIMER_REAL, &timer);
    say("child's timer: %d %d\n", (int)timer.it_value.tv_sec, (int)timer.it_value.tv_usec);
}

int main(void)
{
    struct itimerval timer = {.it_interval = {0, 3000}, .it_value = {0, 3000}}, old, off = {0};
    signal(SIGALRM, on_alarm);
    CHECK(alarm(100));
    in_child("child", child);
    CHECK(alarm(50));
    CHECK(alarm(0));
    CHECK(alarm(0));
    CHECK(setitimer(ITIMER_REAL, &timer, NULL));
    while (caught < 3)
        pause();
    CHECK(setitimer(ITIMER_REAL, &off, &old));
    say("interval was %d, rest at most that %d\n", (int)old.it_interval.tv_usec, old.it_value.tv_usec <= 3000);
    int before = caught;
    sleep_ms(10);
    say("quiet after switching off: %d\n", caught == before);
    timer.it_interval.tv_usec = 0;
    caught = 0;
    CHECK(setitimer(ITIMER_REAL, &timer, NULL));
    CHECK(pause());
    sleep_ms(10);
    say("one shot: %d\n", caught);
    CHECK(setitimer(7, &timer, NULL));
    timer.it_value.tv_usec = 1000000;
    CHECK(setitimer(ITIMER_REAL, &timer, NULL));
    CHECK(getitimer(ITIMER_REAL, nowhere()));
    return 0;
}
