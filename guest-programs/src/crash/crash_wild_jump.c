/* How does a program die that jumps to where nothing is mapped? */
#include "crash.h"

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, NULL);
    ((void (*)(void))0x123456789abcUL)();
    return 0;
}
