/* Where do mappings without a hint land: page aligned, downwards one below the other, best hole reused, 32-bit on request? */
#include "guest.h"

#include <sys/mman.h>

#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)
#define BIG ((1UL << 30) + PAGE) /* no multiple of 2 MiB: such lengths are aligned for huge pages */

int main(void)
{
    char *big = MUST((char *)mmap(NULL, BIG, PROT_NONE, ANON | MAP_NORESERVE, -1, 0));
    char *next = MUST((char *)mmap(NULL, BIG, PROT_NONE, ANON | MAP_NORESERVE, -1, 0));
    say("page aligned %d\n", (unsigned long)big % PAGE == 0);
    say("second directly below the first %d\n", next + BIG == big);
    MUST(munmap(big, BIG));
    say("the freed gap is used again %d\n", mmap(NULL, BIG, PROT_NONE, ANON | MAP_NORESERVE, -1, 0) == big);
    MUST(munmap(next + 16 * PAGE, 4 * PAGE));
    char *small = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ, ANON, -1, 0));
    say("a small one lands in or above the hole %d\n", small >= next + 16 * PAGE);
    char *low = MUST((char *)mmap(NULL, PAGE, PROT_READ, ANON | MAP_32BIT, -1, 0));
    say("MAP_32BIT is between 1 and 2 GiB %d\n", (unsigned long)low >> 30 == 1);
    say("user half %d\n", (unsigned long)small >> 47 == 0);
    return 0;
}
