/* Does the environment arrive in order, and does it follow the argument strings on the stack? */
#include "guest.h"

int main(int argc, char **argv, char **envp)
{
    for (char **entry = envp; *entry; entry++)
        say("%s\n", *entry);
    if (*envp)
        say("follows the arguments: %d\n", *envp == argv[argc - 1] + strlen(argv[argc - 1]) + 1);
    const char *colour = getenv("COLOUR");
    say("COLOUR is %s\n", colour ? colour : "unset");
    setenv("COLOUR", "green", 1);
    say("COLOUR is %s\n", getenv("COLOUR"));
    unsetenv("COLOUR");
    say("COLOUR is %s\n", getenv("COLOUR") ? "still set" : "gone");
    return 0;
}
