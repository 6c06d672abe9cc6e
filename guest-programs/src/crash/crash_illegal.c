/* How does a program die of an undefined instruction? */
#include "crash.h"

extern char bad_instruction[];

int main(int argc, char **argv)
{
    prepare_to_crash(argc, argv, bad_instruction);
    __asm__ volatile(".globl bad_instruction; bad_instruction: ud2");
    return 0;
}
