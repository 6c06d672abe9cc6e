/* How does a program die that writes to a non-canonical address? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, NULL);
    *(volatile char *)0xdead000000000000 = 1;
    return 0;
}
