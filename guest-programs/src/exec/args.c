/* Does main receive the arguments in order, ended by a null pointer, with the strings packed one after another? */
#include "guest.h"

int main(int argc, char **argv)
{
    say("argc %d\n", argc);
    for (int i = 1; i < argc; i++)
        say("argv[%d] \"%s\" length %zu packed %d\n", i, argv[i], strlen(argv[i]),
            argv[i] == argv[i - 1] + strlen(argv[i - 1]) + 1);
    say("argv[argc] is null: %d\n", argv[argc] == NULL);
    argv[argc - 1][0] = '#';
    say("strings are writable: %c\n", argv[argc - 1][0]);
    return 0;
}
