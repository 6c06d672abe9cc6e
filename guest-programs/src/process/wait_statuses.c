/* Which status words does wait4 deliver for exits, signals and stops? */
#include "guest.h"

#include <sys/resource.h>

static void exit_0(void) { _exit(0); }
static void exit_255(void) { _exit(255); }
static void exit_256(void) { _exit(256); }
static void exit_group_9(void) { syscall(SYS_exit_group, 9); }
static void thread_exit_6(void) { syscall(SYS_exit, 6); }
static void by_term(void) { raise(SIGTERM); }
static void by_kill(void) { raise(SIGKILL); }
static void by_realtime(void) { raise(SIGRTMIN); }
static void by_abort(void) { abort(); }

static void show(const char *name, void (*body)(void))
{
    pid_t pid = MUST(fork());
    if (pid == 0) {
        body();
        _exit(1);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    say("%s: 0x%04x exited %d signaled %d stopped %d\n", name, status & ~0x80, WIFEXITED(status), WIFSIGNALED(status),
        WIFSTOPPED(status) ? 1 : 0);
}

int main(void)
{
    show("exit 0", exit_0);
    show("exit 255", exit_255);
    show("exit 256", exit_256);
    show("exit_group 9", exit_group_9);
    show("exit 6 of the only thread", thread_exit_6);
    show("SIGTERM", by_term);
    show("SIGKILL", by_kill);
    show("SIGRTMIN", by_realtime);
    show("abort", by_abort);
    return 0;
}
