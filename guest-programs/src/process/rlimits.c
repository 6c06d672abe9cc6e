/* Can limits be read, lowered, inherited and refused? */
#include "guest.h"

#include <sys/resource.h>

static void show(const char *who, int resource)
{
    struct rlimit limit;
    getrlimit(resource, &limit);
    say("%s: %ld %ld\n", who, (long)limit.rlim_cur, (long)limit.rlim_max);
}

static void child(void) { show("child RLIMIT_NOFILE", RLIMIT_NOFILE); }

int main(void)
{
    struct rlimit limit = {50, 100}, old;
    CHECK(setrlimit(RLIMIT_NOFILE, &limit));
    show("RLIMIT_NOFILE", RLIMIT_NOFILE);
    in_child("child", child);
    limit.rlim_cur = 101;
    CHECK(setrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = 60;
    CHECK(prlimit(0, RLIMIT_NOFILE, &limit, &old));
    say("old %ld new", (long)old.rlim_cur);
    show("", RLIMIT_NOFILE);
    CHECK(prlimit(getpid(), RLIMIT_NOFILE, NULL, &old));
    CHECK(setrlimit(99, &limit));
    CHECK(getrlimit(-1, &limit));
    CHECK(syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, nowhere()));
    CHECK(prlimit(99999999, RLIMIT_NOFILE, NULL, &old));
    limit = (struct rlimit){1 << 20, 1 << 20};
    CHECK(setrlimit(RLIMIT_STACK, &limit));
    show("RLIMIT_STACK", RLIMIT_STACK);
    limit = (struct rlimit){RLIM_INFINITY, RLIM_INFINITY};
    CHECK(setrlimit(RLIMIT_CPU, &limit));
    show("RLIMIT_CPU", RLIMIT_CPU);
    return 0;
}
