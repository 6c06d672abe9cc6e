/* What does a program started without any argument strings see? Since Linux 5.18 one empty argv[0]. */
#include "guest.h"

#include <sys/auxv.h>

int main(int argc, char **argv)
{
    if (argc == 1 && argv[0][0] == 0) {
        say("argc %d, argv[0] empty, environ empty: %d\n", argc, environ[0] == NULL);
        say("AT_EXECFN %s\n", (const char *)getauxval(AT_EXECFN));
        return 0;
    }
    say("starting without argv and envp\n");
    syscall(SYS_execve, "/proc/self/exe", NULL, NULL);
    say("execve failed: %s\n", errno_name(errno));
    return 1;
}
