/* Does the kernel refuse user buffers that the process itself could not use, and how much does a partial transfer move? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int ends[2], fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    MUST(pipe(ends));
    memset(base, 'd', 4 * PAGE);
    MUST(mprotect(base + PAGE, PAGE, PROT_READ));
    MUST(mprotect(base + 2 * PAGE, PAGE, PROT_NONE));
    CHECK(write(fd, base, 3 * PAGE));
    CHECK(lseek(fd, 0, SEEK_CUR));
    CHECK(write(fd, base + 2 * PAGE, 1));
    CHECK(lseek(fd, 0, SEEK_SET));
    CHECK(read(fd, base + 10, PAGE));
    CHECK(lseek(fd, 0, SEEK_CUR));
    CHECK(read(fd, base + PAGE, 1));
    CHECK(write(ends[1], base + PAGE, PAGE));
    CHECK(write(ends[1], base + 2 * PAGE, 1));
    CHECK(read(ends[0], base + PAGE, 10));
    CHECK(read(ends[0], base, 10));
    CHECK(write(fd, (void *)(1UL << 47), 1));
    CHECK(write(fd, (void *)-4096L, 1));
    CHECK(read(fd, (void *)-4096L, 0));
    unlink("file");
    return 0;
}
