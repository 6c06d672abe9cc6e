/* How does a program die that reads kernel memory? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, (void *)0xffff800000000000);
    return *(volatile char *)0xffff800000001234;
}
