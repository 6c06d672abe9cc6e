/* Does an unlinked open file keep working, through fork and by /proc/self/fd, until the last close? */
#include "guest.h"

#include <sys/stat.h>

int main(void)
{
    only_standard_descriptors();
    char text[32] = "", path[64], where[512] = "";
    struct stat status;
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fd, "still here", 10));
    CHECK(unlink("file"));
    CHECK(access("file", F_OK));
    fstat(fd, &status);
    say("links %ld size %ld\n", (long)status.st_nlink, (long)status.st_size);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        pwrite(fd, "STILL", 5, 0);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    MUST(pread(fd, text, 31, 0));
    say("%s\n", text);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    MUST(readlink(path, where, sizeof where - 1));
    const char *name = strrchr(where, '/');
    say("the link reads %s\n", name + 1);
    int again = CHECK(open(path, O_RDONLY));
    memset(text, 0, sizeof text);
    MUST(read(again, text, 31));
    say("opened again: %s\n", text);
    int other = MUST(open("file", O_CREAT | O_EXCL | O_RDWR, 0600));
    say("the same name is a new file: %ld\n", (long)lseek(other, 0, SEEK_END));
    unlink("file");
    return 0;
}
