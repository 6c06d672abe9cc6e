/* What does msync accept and refuse? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, 4 * PAGE));
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    char *anonymous = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    strcpy(base, "synced");
    CHECK(msync(base, 4 * PAGE, MS_SYNC));
    CHECK(msync(base, 4 * PAGE, MS_ASYNC));
    CHECK(msync(base, 4 * PAGE, MS_ASYNC | MS_INVALIDATE));
    CHECK(msync(base, 4 * PAGE, MS_ASYNC | MS_SYNC));
    CHECK(msync(base, 4 * PAGE, 0x80));
    CHECK(msync(base + 1, PAGE, MS_SYNC));
    CHECK(msync(base, 0, MS_SYNC));
    CHECK(msync(anonymous, PAGE, MS_SYNC));
    MUST(munmap(base + PAGE, PAGE));
    CHECK(msync(base, 4 * PAGE, MS_SYNC));
    CHECK(msync(base + PAGE, PAGE, MS_ASYNC));
    CHECK(fsync(fd));
    CHECK(fdatasync(fd));
    unlink("file");
    return 0;
}
