/* Does a parent see its child's maps, state and directory under /proc, and nothing after it is gone? */
#include "guest.h"

#include <dirent.h>

static int listed(pid_t pid)
{
    DIR *directory = opendir("/proc");
    int found = 0;
    for (struct dirent *entry; (entry = readdir(directory));)
        found += atoi(entry->d_name) == pid;
    closedir(directory);
    return found;
}

int main(void)
{
    int go[2];
    char path[64], text[256] = "", byte;
    MUST(pipe(go));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        close(go[1]);
        read(go[0], &byte, 1);
        _exit(0);
    }
    close(go[0]);
    char state = 0;
    for (int i = 0; i < 1000 && state != 'S'; i++) {
        snprintf(path, sizeof path, "/proc/%d/stat", pid);
        int fd = MUST(open(path, O_RDONLY));
        MUST(read(fd, text, sizeof text - 1));
        close(fd);
        state = strrchr(text, ')')[2];
        sleep_ms(1);
    }
    say("the waiting child's state %c, parent %d\n", state, atoi(strrchr(text, ')') + 4) == getpid());
    say("listed in /proc: %d\n", listed(pid));
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    int fd = MUST(open(path, O_RDONLY)), unread = MUST(open(path, O_RDONLY));
    say("maps can be read: %d\n", read(fd, text, 10) == 10);
    close(go[1]);
    say_wait("child", pid);
    CHECK(read(unread, text, 10));
    CHECK(open(path, O_RDONLY));
    say("listed in /proc: %d\n", listed(pid));
    return 0;
}
