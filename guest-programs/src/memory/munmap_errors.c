/* What does munmap refuse, and does it accept holes and repetition? */
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    CHECK(munmap(base + 1, PAGE));
    CHECK(munmap(base, 0));
    CHECK(munmap(base, ~0UL));
    CHECK(munmap((void *)(1UL << 47), PAGE));
    CHECK(munmap((void *)((1UL << 47) - 2 * PAGE), 4 * PAGE));
    say_maps("untouched", base, 8 * PAGE);
    CHECK(munmap(base + 2 * PAGE, 1));
    CHECK(munmap(base + 2 * PAGE, PAGE));
    say_maps("one byte unmaps a page", base, 8 * PAGE);
    CHECK(munmap(base + PAGE, 5 * PAGE));
    say_maps("over a hole", base, 8 * PAGE);
    CHECK(munmap(base, 8 * PAGE));
    say_maps("all", base, 8 * PAGE);
    CHECK(munmap(base, 8 * PAGE));
    CHECK(munmap(NULL, PAGE));
    return 0;
}
