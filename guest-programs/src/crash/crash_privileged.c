/* How does a program die that halts the processor? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, NULL);
    __asm__ volatile("hlt");
    return 0;
}
