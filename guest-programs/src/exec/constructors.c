/* Do constructors run before main by priority, destructors after it, and is initialised data in place by then? */
#include "guest.h"

static int initialised = 41;
static int zeroed[5000];
static const char *pointer = "relocated";
static _Thread_local int per_thread = 17;

__attribute__((constructor(102))) static void later(void) { say("constructor 102\n"); }

__attribute__((constructor(101))) static void early(void)
{
    say("constructor 101: %d %d %s %d\n", initialised++, zeroed[4999], pointer, per_thread++);
}

__attribute__((destructor)) static void last(void) { say("destructor\n"); }

int main(void)
{
    say("main: %d %d\n", initialised, per_thread);
    return 0;
}
