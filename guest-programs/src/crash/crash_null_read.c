/* How does a program die that reads through a null pointer? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, NULL);
    return *(volatile int *)nowhere();
}
