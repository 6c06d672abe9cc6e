/* Are a shared file mapping, a second one at an offset, read, write and another process all views of one file? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    char buffer[32] = "";
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, 3 * PAGE));
    char *first = MUST((char *)mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    char *second = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE));
    strcpy(first + PAGE, "through the first");
    say("second: %s\n", second);
    MUST(pread(fd, buffer, 17, PAGE));
    say("read: %s\n", buffer);
    MUST(pwrite(fd, "through write", 14, PAGE));
    say("first: %s second: %s\n", first + PAGE, second);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        strcpy(second, "through the child");
        strcpy(first + 2 * PAGE, "first touch by the child");
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    say("first: %s, %s\n", first + PAGE, first + 2 * PAGE);
    int again = MUST(open("file", O_RDONLY));
    MUST(pread(again, buffer, 17, PAGE));
    say("another descriptor: %s\n", buffer);
    MUST(munmap(first, 3 * PAGE));
    MUST(munmap(second, PAGE));
    memset(buffer, 0, sizeof buffer);
    MUST(pread(again, buffer, 24, 2 * PAGE));
    say("after unmapping: %s\n", buffer);
    unlink("file");
    return 0;
}
