/* What do CLONE_FS, CLONE_FILES and CLONE_SIGHAND share, each alone, and which combinations are refused? */
#include "guest.h"

#include <sched.h>
#include <sys/stat.h>

static void on_usr1(int signo) { (void)signo; }

static pid_t raw_clone(unsigned long flags) { return syscall(SYS_clone, flags, NULL, NULL, NULL, NULL); }

static void try_sharing(const char *name, unsigned long flags)
{
    umask(022);
    signal(SIGUSR1, SIG_DFL);
    int fd = MUST(open("/dev/null", O_RDONLY));
    pid_t pid = MUST(raw_clone(flags | SIGCHLD));
    if (pid == 0) {
        umask(077);
        close(fd);
        signal(SIGUSR1, on_usr1);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    struct sigaction action;
    sigaction(SIGUSR1, NULL, &action);
    say("%s: umask %03o, descriptor %s, handler %s\n", name, umask(022), close(fd) == 0 ? "open" : "closed",
        action.sa_handler == SIG_DFL ? "default" : "changed");
}

int main(void)
{
    try_sharing("nothing", 0);
    try_sharing("CLONE_FS", CLONE_FS);
    try_sharing("CLONE_FILES", CLONE_FILES);
    try_sharing("CLONE_FS|CLONE_FILES", CLONE_FS | CLONE_FILES);
    CHECK(raw_clone(CLONE_SIGHAND | SIGCHLD));
    CHECK(raw_clone(CLONE_THREAD | SIGCHLD));
    CHECK(raw_clone(CLONE_THREAD | CLONE_SIGHAND | SIGCHLD));
    CHECK(raw_clone(CLONE_NEWNS | CLONE_FS | SIGCHLD));
    return 0;
}
