/* Do the fields of /proc/self/stat agree with the system calls, also with an awkward process name? */
#include "guest.h"

#include <sys/prctl.h>

static void show(const char *path)
{
    static char text[2048];
    memset(text, 0, sizeof text);
    int fd = MUST(open(path, O_RDONLY));
    MUST(read(fd, text, sizeof text - 1));
    close(fd);
    char *open_bracket = strchr(text, '('), *close_bracket = strrchr(text, ')');
    say("pid %d name %.*s\n", atoi(text) == getpid(), (int)(close_bracket - open_bracket + 1), open_bracket);
    char state;
    int ppid, group, session, terminal, foreground, fields = 2;
    unsigned flags;
    sscanf(close_bracket + 2, "%c %d %d %d %d %d %u", &state, &ppid, &group, &session, &terminal, &foreground, &flags);
    say("state %c ppid %d group %d session %d\n", state, ppid == getppid(), group == getpgrp(), session == getsid(0));
    for (char *c = close_bracket; *c; c++)
        fields += *c == ' ';
    say("fields %d, ends with a newline %d\n", fields, text[strlen(text) - 1] == '\n');
}

int main(void)
{
    char path[64];
    show("/proc/self/stat");
    prctl(PR_SET_NAME, "a) b (c");
    snprintf(path, sizeof path, "/proc/%d/stat", getpid());
    show(path);
    return 0;
}
