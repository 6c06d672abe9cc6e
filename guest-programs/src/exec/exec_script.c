/* Does a script's first line start its interpreter with the one optional argument, the script and the rest? */
#include "guest.h"

static void put_script(const char *name, const char *text)
{
    int fd = MUST(open(name, O_CREAT | O_WRONLY | O_TRUNC, 0755));
    MUST(write(fd, text, strlen(text)));
    close(fd);
}

static const char *script;

static void run_script(void)
{
    char *arguments[] = {"ignored", "a", "b c", NULL};
    execve(script, arguments, environ);
    say("execve %s: %s\n", script, errno_name(errno));
    _exit(1);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 0; i < argc; i++)
            say("argv[%d] \"%s\"\n", i, argv[i]);
        return 0;
    }
    put_script("plain", "#!/proc/self/exe\nbody\n");
    put_script("option", "#! /proc/self/exe  -x  two words \nbody\n");
    put_script("nested", "#!./plain\n");
    put_script("recursive", "#!./recursive\n");
    const char *names[] = {"plain", "option", "nested", "recursive"};
    for (int i = 0; i < 4; i++) {
        script = names[i];
        in_child(script, run_script);
    }
    for (int i = 0; i < 4; i++)
        unlink(names[i]);
    return 0;
}
