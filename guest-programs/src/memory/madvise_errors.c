/* Which advice is accepted on what, and what is refused? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    char *shared = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    CHECK(madvise(base + 1, PAGE, MADV_NORMAL));
    CHECK(madvise(base, 0, MADV_NORMAL));
    CHECK(madvise(base, PAGE, 999));
    CHECK(madvise(base, ~0UL, MADV_NORMAL));
    CHECK(madvise(base, PAGE, MADV_NORMAL));
    CHECK(madvise(base, PAGE, MADV_RANDOM));
    CHECK(madvise(base, PAGE, MADV_SEQUENTIAL));
    CHECK(madvise(base, PAGE, MADV_WILLNEED));
    CHECK(madvise(base, PAGE, MADV_FREE));
    CHECK(madvise(shared, PAGE, MADV_FREE));
    CHECK(madvise(base, PAGE, MADV_WIPEONFORK));
    CHECK(madvise(shared, PAGE, MADV_WIPEONFORK));
    CHECK(madvise(base, PAGE, MADV_REMOVE));
    CHECK(madvise(base, PAGE, MADV_DONTDUMP));
    CHECK(madvise(base, PAGE, MADV_POPULATE_WRITE));
    MUST(munmap(base + 4 * PAGE, PAGE));
    base[5 * PAGE] = 'x';
    CHECK(madvise(base + 3 * PAGE, 4 * PAGE, MADV_DONTNEED));
    say("dropped beyond the hole all the same: %d\n", base[5 * PAGE] == 0);
    CHECK(madvise(base + 4 * PAGE, PAGE, MADV_DONTNEED));
    return 0;
}
