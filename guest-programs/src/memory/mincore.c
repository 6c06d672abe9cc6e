/* Does mincore tell touched anonymous pages from untouched ones, and what does it refuse? */
#include "guest.h"

#include <sys/mman.h>

static unsigned char present[8];

static void show(const char *label, char *base)
{
    MUST(mincore(base, 8 * PAGE, present));
    say("%s:", label);
    for (int i = 0; i < 8; i++)
        say(" %d", present[i] & 1);
    say("\n");
}

int main(void)
{
    char *base = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    show("fresh", base);
    base[PAGE] = 1;
    base[6 * PAGE] = 1;
    show("two written", base);
    (void)*(volatile char *)(base + 3 * PAGE);
    show("one read", base);
    MUST(madvise(base, 8 * PAGE, MADV_DONTNEED));
    show("dropped", base);
    CHECK(mincore(base + 1, PAGE, present));
    CHECK(mincore(base, 0, present));
    CHECK(mincore(base, PAGE, nowhere()));
    MUST(munmap(base + 2 * PAGE, PAGE));
    CHECK(mincore(base, 8 * PAGE, present));
    CHECK(mincore(base + 2 * PAGE, PAGE, present));
    return 0;
}
