/* Is code that was unmapped, or replaced by other code at the same address, really gone? */
#include "fault.h"

#include <sys/mman.h>

static int (*function)(void);

static void put_code(unsigned char *place, unsigned char value)
{
    MUST(mmap(place, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    memcpy(place, "\xb8\x00\x00\x00\x00\xc3", 6);
    place[1] = value;
    MUST(mprotect(place, PAGE, PROT_READ | PROT_EXEC));
}

int main(void)
{
    catch_faults();
    unsigned char *place = MUST((unsigned char *)mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    function = (int (*)(void))(uintptr_t)place;
    for (unsigned char i = 1; i <= 3; i++) {
        put_code(place, i);
        say("version %d\n", function());
    }
    MUST(mprotect(place, PAGE, PROT_READ));
    probe("not executable any more", CALL, place, place);
    MUST(mprotect(place, PAGE, PROT_READ | PROT_EXEC));
    say("executable again %d\n", function());
    MUST(munmap(place, PAGE));
    probe("unmapped", CALL, place, place);
    return 0;
}
