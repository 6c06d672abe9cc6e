/* Does MAP_FIXED replace what was there, page by page, and MAP_FIXED_NOREPLACE refuse to? */
#include "maps.h"

#include <sys/mman.h>

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, ANON, -1, 0));
    memset(base, 'o', 8 * PAGE);
    say("over the middle: %d\n", mmap(base + 2 * PAGE, 2 * PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0) == base + 2 * PAGE);
    say("%d %d %d %d\n", base[PAGE], base[2 * PAGE], base[3 * PAGE], base[4 * PAGE]);
    say_maps("after MAP_FIXED", base, 8 * PAGE);
    CHECK_MAP(mmap(base + 5 * PAGE, 5 * PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0));
    MUST(munmap(base + 5 * PAGE, 2 * PAGE));
    say("into a hole: %d\n",
        mmap(base + 5 * PAGE, 2 * PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0) == base + 5 * PAGE);
    CHECK_MAP(mmap(base + 6 * PAGE, PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0));
    CHECK_MAP(mmap(base + 1, PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0));
    MUST(munmap(base, PAGE));
    say("a free hint is taken: %d\n", mmap(base, PAGE, PROT_READ, ANON, -1, 0) == base);
    say("an occupied hint is not: %d\n", mmap(base, PAGE, PROT_READ, ANON, -1, 0) != base);
    MUST(munmap(base, PAGE));
    say("an odd hint is rounded up: %d\n", mmap(base - 5, PAGE, PROT_READ, ANON, -1, 0) == base);
    return 0;
}
