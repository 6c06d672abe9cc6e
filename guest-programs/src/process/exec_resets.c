/* What survives execve: pid, directory, umask, mask, ignored signals, pending signals; and what is reset: handlers,
   alternate stack, memory? */
#include "guest.h"

#include <sys/stat.h>

static int data = 1;

static void on_signal(int signo) { (void)signo; }

static void second_stage(const char *pid)
{
    sigset_t set;
    struct sigaction action;
    stack_t stack;
    say("data %d, same pid %d, umask %03o\n", data, atoi(pid) == getpid(), umask(0));
    sigprocmask(SIG_BLOCK, NULL, &set);
    say("blocked: USR1 %d USR2 %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));
    sigpending(&set);
    say("pending: USR1 %d USR2 %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));
    sigaction(SIGTERM, NULL, &action);
    say("handled signal is default now: %d\n", action.sa_handler == SIG_DFL);
    sigaction(SIGINT, NULL, &action);
    say("ignored signal stays ignored: %d\n", action.sa_handler == SIG_IGN);
    sigaltstack(NULL, &stack);
    say("alternate stack flags %d\n", stack.ss_flags);
    say("in the new directory: %d\n", access("../marker", F_OK) == 0);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        second_stage(argv[1]);
        unlink("../marker");
        rmdir("../below");
        return 0;
    }
    char pid[16];
    sigset_t set;
    stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
    snprintf(pid, sizeof pid, "%d", getpid());
    data = 2;
    close(MUST(open("marker", O_CREAT | O_WRONLY, 0600)));
    MUST(mkdir("below", 0755));
    MUST(chdir("below"));
    umask(027);
    signal(SIGTERM, on_signal);
    signal(SIGINT, SIG_IGN);
    sigaltstack(&stack, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    execl("/proc/self/exe", "program", pid, (char *)NULL);
    return 1;
}
