/* Does a directory listing show every name once, with its type, also over several getdents calls? */
#include "guest.h"

#include <dirent.h>
#include <sys/stat.h>

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

int main(void)
{
    MUST(mkdir("directory", 0755));
    MUST(chdir("directory"));
    MUST(mkdir("sub", 0755));
    MUST(symlink("sub", "symbolic"));
    MUST(mkfifo("fifo", 0600));
    close(MUST(open(".hidden", O_CREAT | O_WRONLY, 0600)));
    struct dirent **entries;
    int count = scandir(".", &entries, NULL, by_name);
    for (int i = 0; i < count; i++)
        say("%s type %d\n", entries[i]->d_name, entries[i]->d_type);
    char name[64];
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "a_rather_long_name_number_%03d", i);
        close(MUST(open(name, O_CREAT | O_WRONLY, 0600)));
    }
    int seen = 0, sum = 0, fd = MUST(open(".", O_RDONLY | O_DIRECTORY)), calls = 0;
    static char buffer[2048];
    for (long n; (n = syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0; calls++)
        for (char *at = buffer; at < buffer + n; at += *(unsigned short *)(at + 16)) {
            const char *entry = at + 19; /* d_ino, d_off, d_reclen, d_type, d_name */
            if (entry[0] == 'a') {
                seen++;
                sum += atoi(entry + 26);
            }
        }
    say("seen %d sum %d several calls %d\n", seen, sum, calls > 1);
    CHECK(syscall(SYS_getdents64, fd, buffer, sizeof buffer));
    CHECK(lseek(fd, 0, SEEK_SET));
    CHECK(syscall(SYS_getdents64, fd, buffer, 10));
    CHECK(syscall(SYS_getdents64, fd, nowhere(), sizeof buffer));
    CHECK(syscall(SYS_getdents64, 0, buffer, sizeof buffer));
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "a_rather_long_name_number_%03d", i);
        MUST(unlink(name));
    }
    unlink("fifo"); unlink(".hidden"); unlink("symbolic"); rmdir("sub");
    CHECK_OK(syscall(SYS_getdents64, fd, buffer, sizeof buffer));
    MUST(chdir(".."));
    CHECK(rmdir("directory"));
    CHECK(lseek(fd, 0, SEEK_SET));
    CHECK(syscall(SYS_getdents64, fd, buffer, sizeof buffer));
    return 0;
}
