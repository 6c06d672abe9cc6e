/* How does a program die that writes to its own constant data? */
#include "crash.h"

static const char constant[] = "constant data";

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, constant);
    *(volatile char *)(uintptr_t)(constant + 3) = 'x';
    return 0;
}
