/* What does mprotect refuse, and how far does it get when it meets a hole? */
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    MUST(ftruncate(fd, PAGE));
    int read_only = MUST(open("file", O_RDONLY));
    char *shared = MUST((char *)mmap(NULL, PAGE, PROT_READ, MAP_SHARED, read_only, 0));
    char *private = MUST((char *)mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, read_only, 0));
    CHECK(mprotect(base + 1, PAGE, PROT_NONE));
    CHECK(mprotect(base + 1, 0, PROT_NONE));
    CHECK(mprotect(base, 0, PROT_NONE));
    CHECK(mprotect(base, ~0UL, PROT_NONE));
    CHECK(mprotect(base, PAGE, 0x800));
    CHECK(mprotect(base, PAGE, PROT_READ | PROT_GROWSDOWN));
    CHECK(mprotect(base, PAGE, PROT_READ | PROT_GROWSDOWN | PROT_GROWSUP));
    CHECK(mprotect(shared, PAGE, PROT_READ | PROT_WRITE));
    CHECK(mprotect(private, PAGE, PROT_READ | PROT_WRITE));
    CHECK(mprotect(NULL, PAGE, PROT_READ));
    MUST(munmap(base + 4 * PAGE, PAGE));
    CHECK(mprotect(base + 2 * PAGE, 5 * PAGE, PROT_READ | PROT_WRITE));
    say_maps("the part before the hole changed", base, 8 * PAGE);
    CHECK(mprotect(base + 4 * PAGE, PAGE, PROT_READ));
    CHECK(mprotect(base, 1, PROT_NONE));
    say_maps("one byte protects a page", base, 8 * PAGE);
    unlink("file");
    return 0;
}
