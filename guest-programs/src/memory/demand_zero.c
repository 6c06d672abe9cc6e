/* Is fresh anonymous memory zero, also where old dirty memory was unmapped before, and for bss, brk and stack? */
#include "guest.h"

#include <sys/mman.h>

static char bss[16 * PAGE];

static long sum(const char *memory, size_t length)
{
    long total = 0;
    for (size_t i = 0; i < length; i++)
        total += memory[i] != 0;
    return total;
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        char *memory = MUST((char *)mmap(NULL, 64 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        say("round %d: nonzero bytes %ld\n", round, sum(memory, 64 * PAGE));
        memset(memory, 0xff, 64 * PAGE);
        MUST(munmap(memory, 64 * PAGE));
    }
    say("bss: %ld\n", sum(bss, sizeof bss));
    char *shared = MUST((char *)mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    say("shared: %ld\n", sum(shared, 8 * PAGE));
    char *heap = sbrk(8 * PAGE);
    say("brk: %ld\n", sum(heap, 8 * PAGE));
    memset(heap, 1, 8 * PAGE);
    brk(heap);
    brk(heap + 8 * PAGE);
    char *first_whole_page = (char *)(((unsigned long)heap + PAGE - 1) & -PAGE);
    say("brk, shrunk and grown: %ld\n", sum(first_whole_page, 7 * PAGE));
    return 0;
}
