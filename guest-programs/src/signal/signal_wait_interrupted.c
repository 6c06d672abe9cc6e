/* Does a handler interrupt waitpid with EINTR, and is it restarted with SA_RESTART? */
#include "guest.h"

#include <sys/time.h>

static int gate[2];
static volatile int caught;

static void on_alarm(int signo)
{
    (void)signo;
    if (++caught == 3)
        close(gate[1]);
}

static void attempt(const char *label, int flags)
{
    struct sigaction action = {.sa_handler = on_alarm, .sa_flags = flags};
    struct itimerval timer = {{0, 5000}, {0, 5000}}, off = {0};
    int status, result, interrupted = 0;
    caught = 0;
    MUST(pipe(gate));
    sigaction(SIGALRM, &action, NULL);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char byte;
        close(gate[1]);
        _exit(read(gate[0], &byte, 1) == 0 ? 12 : 13);
    }
    setitimer(ITIMER_REAL, &timer, NULL);
    while ((result = waitpid(pid, &status, 0)) == -1 && errno == EINTR)
        interrupted++;
    setitimer(ITIMER_REAL, &off, NULL);
    close(gate[0]);
    say("%s: interrupted %d, got it %d, ", label, interrupted > 0, result == pid);
    say_status("child", status);
}

int main(void)
{
    attempt("plain", 0);
    attempt("SA_RESTART", SA_RESTART);
    return 0;
}
