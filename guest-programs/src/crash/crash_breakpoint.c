/* How does a program die of a breakpoint without a debugger? */
#include "guest.h"

int main(void)
{
    say("about to crash\n");
    __asm__ volatile("int3");
    return 0;
}
