/* How does a program die of a division by zero? */
#include "crash.h"

extern char bad_division[];

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, bad_division);
    __asm__ volatile("xor %%edx, %%edx; mov $7, %%eax; xor %%ecx, %%ecx; .globl bad_division; bad_division: div %%ecx" ::
                         : "eax", "ecx", "edx");
    return 0;
}
