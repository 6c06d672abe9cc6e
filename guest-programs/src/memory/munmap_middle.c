/* Does unmapping the middle leave both ends with their contents, and does a new mapping there start with zeros? */
#include "fault.h"
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *arena = MUST((char *)mmap(NULL, 10 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    char *base = arena + PAGE;
    MUST(mmap(base, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    memset(base, 'x', 8 * PAGE);
    CHECK(munmap(base + 3 * PAGE, 2 * PAGE));
    say_maps("two pieces", base, 8 * PAGE);
    probe("below", READ, base + 3 * PAGE - 1, base);
    probe("hole start", READ, base + 3 * PAGE, base);
    probe("hole end", WRITE, base + 5 * PAGE - 1, base);
    probe("above", READ, base + 5 * PAGE, base);
    say("ends keep %c %c\n", base[3 * PAGE - 1], base[5 * PAGE]);
    CHECK(mmap(base + 3 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
          base + 3 * PAGE);
    say("new memory holds %d, neighbours %c %c\n", base[4 * PAGE], base[3 * PAGE - 1], base[5 * PAGE]);
    say_maps("whole again", base, 8 * PAGE);
    return 0;
}
