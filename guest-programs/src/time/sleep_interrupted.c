/* Does an interrupted nanosleep report what is left, and an ignored signal not interrupt at all? */
#include "guest.h"

#include <sys/time.h>
#include <time.h>

static volatile int caught;

static void on_alarm(int signo)
{
    (void)signo;
    caught++;
}

int main(void)
{
    struct timespec rest = {0, 0}, ten = {10, 0};
    struct itimerval timer = {.it_value = {0, 20000}};
    signal(SIGALRM, on_alarm);
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(nanosleep(&ten, &rest));
    say("left between half and all: %d\n", rest.tv_sec >= 5 && rest.tv_sec < 10);
    say("caught %d\n", caught);
    rest = (struct timespec){7, 7};
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += 1;
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &until, &rest));
    say("rest untouched with TIMER_ABSTIME: %ld %ld\n", (long)rest.tv_sec, rest.tv_nsec);
    signal(SIGALRM, SIG_IGN);
    setitimer(ITIMER_REAL, &timer, NULL);
    CHECK(nanosleep(&(struct timespec){0, 50000000}, &rest));
    /* A stop and a continue do not interrupt either: the sleep goes on with what is left. */
    pid_t pid = MUST(fork());
    if (pid == 0)
        _exit(nanosleep(&(struct timespec){0, 50000000}, NULL) == 0 ? 0 : 1);
    sleep_ms(5);
    kill(pid, SIGSTOP);
    waitpid(pid, NULL, WUNTRACED);
    kill(pid, SIGCONT);
    say_wait("stopped sleeper", pid);
    return 0;
}
