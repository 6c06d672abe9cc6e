/* Do 2000 arguments arrive unharmed, and where is the limit of one argument? */
#include "guest.h"

#define COUNT 2000

static char *arguments[COUNT + 3];

int main(int argc, char **argv)
{
    if (argc > 2) {
        unsigned sum = 0;
        for (int i = 0; i < argc; i++)
            for (char *c = argv[i]; *c; c++)
                sum = sum * 31 + *c;
        say("argc %d sum %08x last %s\n", argc, sum, argv[argc - 1]);
        return 0;
    }
    if (argc == 2) {
        say("one argument of %zu bytes\n", strlen(argv[1]));
        return 0;
    }
    pid_t pid = MUST(fork());
    if (pid == 0) {
        arguments[0] = "program";
        for (int i = 1; i <= COUNT; i++)
            MUST(asprintf(&arguments[i], "argument number %d, which is not very short", i));
        execve("/proc/self/exe", arguments, environ);
        _exit(1);
    }
    say_wait("many", pid);
    for (int extra = -1; extra <= 0; extra++) { /* MAX_ARG_STRLEN is 32 pages with the final zero byte */
        pid = MUST(fork());
        if (pid == 0) {
            char *big = malloc(32 * PAGE + 1);
            memset(big, 'x', 32 * PAGE);
            big[32 * PAGE + extra] = 0;
            execve("/proc/self/exe", (char *[]){"program", big, NULL}, environ);
            say("execve: %s\n", errno_name(errno));
            _exit(1);
        }
        say_wait("big", pid);
    }
    return 0;
}
