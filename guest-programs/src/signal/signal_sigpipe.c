/* Does writing to a pipe without readers raise SIGPIPE before EPIPE, for one write call? */
#include "guest.h"

static int ends[2];

static void on_pipe(int signo) { say("handler of %s\n", signal_name(signo)); }

static void die_of_it(void)
{
    write(ends[1], "x", 1);
    say("not reached\n");
}

int main(void)
{
    MUST(pipe(ends));
    close(ends[0]);
    in_child("default", die_of_it);
    signal(SIGPIPE, on_pipe);
    CHECK(write(ends[1], "x", 1));
    CHECK(write(ends[1], "x", 0));
    signal(SIGPIPE, SIG_IGN);
    CHECK(write(ends[1], "x", 1));
    return 0;
}
