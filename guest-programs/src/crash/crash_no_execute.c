/* How does a program die that jumps into its data? */
#include "crash.h"

static unsigned char data[] = {0x90, 0x90, 0xc3};

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, data);
    ((void (*)(void))(uintptr_t)(data + 1))();
    return 0;
}
