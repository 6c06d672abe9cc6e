/* How does a program die that speaks to a device port? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, NULL);
    __asm__ volatile("inb $0x60, %%al" ::: "eax");
    return 0;
}
