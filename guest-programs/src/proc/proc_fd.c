/* Does /proc/self/fd list exactly the open descriptors, with links that tell what they are? */
#include "guest.h"

#include <dirent.h>
#include <sys/stat.h>

int main(void)
{
    int ends[2];
    char path[64], target[512];
    only_standard_descriptors();
    MUST(pipe(ends));
    MUST(open("/dev/null", O_RDONLY));
    MUST(open("file", O_CREAT | O_RDWR, 0600));
    DIR *directory = opendir("/proc/self/fd");
    int seen[64] = {0};
    for (struct dirent *entry; (entry = readdir(directory));)
        if (entry->d_name[0] != '.')
            seen[atoi(entry->d_name)] = 1;
    for (int fd = 0; fd < 64; fd++)
        if (seen[fd] && fd != dirfd(directory))
            say(" %d", fd);
    say("\n");
    for (int fd = 3; fd <= 6; fd++) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        memset(target, 0, sizeof target);
        MUST(readlink(path, target, sizeof target - 1));
        char *name = strrchr(target, '/');
        say("%d: %s\n", fd, strncmp(target, "pipe:[", 6) == 0 ? "pipe:[…]" : name ? name : target);
    }
    struct stat status;
    lstat("/proc/self/fd/5", &status);
    say("read-only link mode %03o\n", status.st_mode & 0777);
    lstat("/proc/self/fd/6", &status);
    say("read-write link mode %03o\n", status.st_mode & 0777);
    CHECK(readlink("/proc/self/fd/60", target, sizeof target));
    int again = CHECK(open("/proc/self/fd/4", O_WRONLY));
    MUST(write(again, "by name", 7));
    memset(target, 0, sizeof target);
    MUST(read(ends[0], target, 20));
    say("%s\n", target);
    unlink("file");
    return 0;
}
