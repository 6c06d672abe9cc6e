/* Does a crash end only the process it happens in, after fork and in a sibling? */
#include "guest.h"

static void crash(void) { *(volatile char *)nowhere() = 1; }
static void survive(void) { say("still well\n"); }

int main(void)
{
    in_child("first", crash);
    in_child("second", survive);
    in_child("third", crash);
    return 0;
}
