/* Do mlock and its kin accept, refuse and fault pages in? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    unsigned char present[4];
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    CHECK(mlock(base, 2 * PAGE));
    MUST(mincore(base, 4 * PAGE, present));
    say("present %d %d %d %d\n", present[0] & 1, present[1] & 1, present[2] & 1, present[3] & 1);
    CHECK(madvise(base, PAGE, MADV_DONTNEED));
    CHECK(munlock(base, 2 * PAGE));
    CHECK(madvise(base, PAGE, MADV_DONTNEED));
    MUST(munmap(base + 3 * PAGE, PAGE));
    CHECK(mlock(base, 4 * PAGE));
    CHECK(mlock(base + 3 * PAGE, PAGE));
    CHECK(mlock2(base, PAGE, 8));
    CHECK(munlockall());
    CHECK(mlockall(0));
    return 0;
}
