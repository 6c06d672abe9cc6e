/* Do /proc/self, exe, cwd, root, comm, cmdline and environ describe this process? */
#include "guest.h"

#include <sys/stat.h>

static long slurp(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY);
    if (fd == -1)
        return -1;
    ssize_t n = read(fd, text, size - 1);
    text[n < 0 ? 0 : n] = 0;
    close(fd);
    return n;
}

int main(int argc, char **argv)
{
    char text[4096], path[64], directory[512];
    struct stat by_link, by_path;
    if (argc == 1) {
        execve("/proc/self/exe", (char *[]){"own name", "one", "", "three", NULL}, (char *[]){"A=1", "B=two", NULL});
        return 1;
    }
    memset(text, 0, sizeof text);
    CHECK_OK(readlink("/proc/self", text, sizeof text));
    say("/proc/self is the pid %d\n", atoi(text) == getpid());
    memset(text, 0, sizeof text);
    MUST(readlink("/proc/self/exe", text, sizeof text));
    say("exe ends in /proc_self_links %d\n", strcmp(strrchr(text, '/'), "/proc_self_links") == 0);
    MUST(stat("/proc/self/exe", &by_link));
    MUST(stat(text, &by_path));
    say("exe is that file %d\n", by_link.st_ino == by_path.st_ino);
    memset(text, 0, sizeof text);
    MUST(readlink("/proc/self/cwd", text, sizeof text));
    say("cwd is getcwd %d\n", strcmp(text, getcwd(directory, sizeof directory)) == 0);
    memset(text, 0, sizeof text);
    MUST(readlink("/proc/self/root", text, sizeof text));
    say("root %s\n", text);
    long n = slurp("/proc/self/cmdline", text, sizeof text);
    say("cmdline %ld bytes: %s|%s|%s|%s\n", n, text, text + 9, text + 13, text + 14);
    n = slurp("/proc/self/environ", text, sizeof text);
    say("environ %ld bytes: %s|%s\n", n, text, text + 4);
    n = slurp("/proc/self/comm", text, sizeof text);
    say("comm %ld bytes: %s", n, text);
    snprintf(path, sizeof path, "/proc/%d/comm", getpid());
    n = slurp(path, text, sizeof text);
    say("by number %ld bytes: %s", n, text);
    n = slurp("/proc/99999999/comm", text, sizeof text);
    say("of nobody: %ld %s\n", n, errno_name(errno));
    argv[1][0] = 'O'; /* cmdline shows the strings as they are now */
    slurp("/proc/self/cmdline", text, sizeof text);
    say("changed: %s\n", text + 9);
    return 0;
}
