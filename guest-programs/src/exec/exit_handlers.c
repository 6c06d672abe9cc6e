/* Do atexit handlers run in reverse order at exit, and not at all at _exit? */
#include "guest.h"

static void first(void) { say("first registered\n"); }
static void second(void) { say("second registered\n"); }

static void leave_quickly(void)
{
    say("child calls _exit\n");
    _exit(3);
}

static void leave_properly(void)
{
    say("child calls exit\n");
    exit(4);
}

int main(void)
{
    atexit(first);
    atexit(second);
    in_child("_exit", leave_quickly);
    in_child("exit", leave_properly);
    say("parent returns from main\n");
    return 5;
}
