/* Does mremap grow in place into free space, refuse without MAYMOVE when it is blocked, and move with it? */
#include "fault.h"
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *arena = MUST((char *)mmap(NULL, 16 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    MUST(munmap(arena + PAGE, 14 * PAGE));
    char *base = arena + PAGE;
    MUST(mmap(base, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    strcpy(base, "start");
    strcpy(base + PAGE, "second page");
    say("grows in place: %d\n", mremap(base, 2 * PAGE, 4 * PAGE, 0) == base);
    say("contents: %s, %s, new %d\n", base, base + PAGE, base[3 * PAGE]);
    MUST(mmap(base + 4 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    CHECK_MAP(mremap(base, 4 * PAGE, 8 * PAGE, 0));
    char *moved = MUST((char *)mremap(base, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE));
    say("moved %d, contents: %s, %s, new %d\n", moved != base, moved, moved + PAGE, moved[7 * PAGE]);
    probe("old place", READ, base, base);
    say("shrinks in place: %d\n", mremap(moved, 8 * PAGE, 2 * PAGE, 0) == moved);
    probe("cut off", READ, moved + 2 * PAGE, moved);
    say("contents: %s, %s\n", moved, moved + PAGE);
    return 0;
}
