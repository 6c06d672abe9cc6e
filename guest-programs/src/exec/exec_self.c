/* Does execve replace the program, keep the process, and hand over new arguments and a new environment? */
#include "guest.h"

int main(int argc, char **argv)
{
    char text[16];
    if (argc == 1) {
        snprintf(text, sizeof text, "%d", getpid());
        char *arguments[] = {"renamed", "stage2", text, "", "with blank", NULL};
        char *environment[] = {"ONE=1", "EMPTY=", NULL};
        say("stage 1\n");
        execve("/proc/self/exe", arguments, environment);
        say("execve failed: %s\n", errno_name(errno));
        return 1;
    }
    say("stage 2: argc %d argv[0] %s\n", argc, argv[0]);
    say("same process: %d\n", atoi(argv[2]) == getpid());
    say("arguments \"%s\" \"%s\"\n", argv[3], argv[4]);
    for (char **entry = environ; *entry; entry++)
        say("%s\n", *entry);
    return 0;
}
