/* Do 2000 areas of alternating protection live at once, and are they found, split and merged correctly? */
#include "guest.h"

#include <sys/mman.h>

#define COUNT 2000

static int count_areas(unsigned long low, unsigned long high)
{
    char line[512];
    unsigned long from, to;
    int count = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx", &from, &to) == 2 && from < high && to > low)
            count++;
    fclose(maps);
    return count;
}

int main(void)
{
    char *base = MUST((char *)mmap(NULL, COUNT * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    unsigned long low = (unsigned long)base, high = low + COUNT * PAGE;
    for (int i = 0; i < COUNT; i += 2)
        MUST(mprotect(base + i * PAGE, PAGE, PROT_READ | PROT_WRITE));
    for (int i = 0; i < COUNT; i += 2)
        *(int *)(base + i * PAGE) = i;
    say("areas %d\n", count_areas(low, high));
    long sum = 0;
    for (int i = 0; i < COUNT; i += 2)
        sum += *(int *)(base + i * PAGE);
    say("sum %ld\n", sum);
    for (int i = 0; i < COUNT; i += 4)
        MUST(munmap(base + i * PAGE, PAGE));
    say("areas %d\n", count_areas(low, high));
    sum = 0;
    for (int i = 2; i < COUNT; i += 4)
        sum += *(int *)(base + i * PAGE);
    say("sum %ld\n", sum);
    CHECK(munmap(base, COUNT * PAGE));
    say("areas %d\n", count_areas(low, high));
    return 0;
}
