/* Can a program be executed by an open descriptor, and what does close-on-exec do to it? */
#include "guest.h"

static int program;
static int flags;

static void execute(void)
{
    char *arguments[] = {"by-descriptor", NULL};
    syscall(SYS_execveat, program, "", arguments, environ, flags);
    say("execveat: %s\n", errno_name(errno));
    _exit(1);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (strcmp(argv[0], "by-descriptor") == 0) {
        say("running as %s, descriptor 10 open: %d\n", argv[0], fcntl(10, F_GETFD) != -1);
        return 0;
    }
    only_standard_descriptors();
    program = MUST(open("/proc/self/exe", O_RDONLY));
    MUST(dup2(program, 10));
    flags = AT_EMPTY_PATH;
    in_child("with AT_EMPTY_PATH", execute);
    flags = 0;
    in_child("without", execute);
    flags = AT_EMPTY_PATH | 0x4000000;
    in_child("unknown flag", execute);
    MUST(fcntl(10, F_SETFD, FD_CLOEXEC));
    flags = AT_EMPTY_PATH;
    in_child("close on exec", execute);
    program = 999;
    in_child("bad descriptor", execute);
    return 0;
}
