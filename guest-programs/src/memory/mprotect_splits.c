/* Does mprotect split and merge areas, and do accesses follow at once? */
#include "fault.h"
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *arena = MUST((char *)mmap(NULL, 12 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    char *base = arena + PAGE;
    MUST(mmap(base, 10 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    for (int i = 0; i < 10; i++)
        base[i * PAGE] = (char)('a' + i);
    say_maps("start", base, 10 * PAGE);
    CHECK(mprotect(base + 3 * PAGE, 4 * PAGE, PROT_READ));
    say_maps("middle read-only", base, 10 * PAGE);
    probe("write before", WRITE, base + 3 * PAGE - 1, base);
    probe("write inside", WRITE, base + 3 * PAGE, base);
    probe("read inside", READ, base + 3 * PAGE, base);
    CHECK(mprotect(base + 4 * PAGE, PAGE, PROT_NONE));
    say_maps("hole of rights", base, 10 * PAGE);
    probe("read none", READ, base + 4 * PAGE, base);
    CHECK(mprotect(base + 5 * PAGE, 5 * PAGE, PROT_READ));
    say_maps("right side merged", base, 10 * PAGE);
    CHECK(mprotect(base, 10 * PAGE, PROT_READ | PROT_WRITE));
    say_maps("one area again", base, 10 * PAGE);
    probe("write inside", WRITE, base + 4 * PAGE + 1, base);
    for (int i = 0; i < 10; i++)
        say("%c", base[i * PAGE]);
    say("\n");
    return 0;
}
