/* Does CLONE_VM share memory, CLONE_VFORK wait, and a stack given to clone hold the child? */
#include "guest.h"

#include <sched.h>

static char stack[16384] __attribute__((aligned(16)));
static volatile int counter;

static int body(void *argument)
{
    char local;
    counter += 5;
    say("child: argument %s, runs on the given stack %d\n", (char *)argument, &local >= stack && &local < stack + sizeof stack);
    return 33;
}

int main(void)
{
    int parent_tid = 0, child_tid = 0;
    pid_t pid = MUST(clone(body, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, "hello"));
    say("after CLONE_VM|CLONE_VFORK: counter %d\n", counter);
    say_wait("child", pid);
    pid = MUST(clone(body, stack + sizeof stack, CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, "copied", &parent_tid,
                     NULL, &child_tid));
    say("parent tid stored: %d\n", parent_tid == pid);
    say_wait("child", pid);
    say("after a copying clone: counter %d\n", counter);
    pid = MUST(clone(body, stack + sizeof stack, CLONE_VM | SIGCHLD, "beside"));
    say_wait("child", pid);
    say("after CLONE_VM: counter %d\n", counter);
    return 0;
}
