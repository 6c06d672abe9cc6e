/* What does mremap refuse? And does old size 0 duplicate a shared mapping? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    char *shared = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    MUST(munmap(base + 4 * PAGE, PAGE));
    CHECK_MAP(mremap(base + 1, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(base, PAGE, 0, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(base, PAGE, PAGE, 0x80));
    CHECK_MAP(mremap(base, PAGE, PAGE, MREMAP_FIXED, base + 2 * PAGE));
    CHECK_MAP(mremap(base, PAGE, PAGE, MREMAP_DONTUNMAP));
    CHECK_MAP(mremap(base, 2 * PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP));
    CHECK_MAP(mremap(base, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, base + PAGE));
    CHECK_MAP(mremap(base, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, base + 2 * PAGE + 1));
    CHECK_MAP(mremap(base + 4 * PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(base + 3 * PAGE, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(base, 0, PAGE, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(base, PAGE, ~0UL - PAGE, MREMAP_MAYMOVE));
    CHECK_MAP(mremap(NULL, PAGE, PAGE, MREMAP_MAYMOVE));
    shared[9] = 's';
    char *twin = CHECK_MAP(mremap(shared, 0, PAGE, MREMAP_MAYMOVE));
    say("twin shows %c, is elsewhere %d\n", twin[9], twin != shared);
    twin[9] = 't';
    say("original shows %c\n", shared[9]);
    return 0;
}
