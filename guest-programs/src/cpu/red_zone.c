/* Do system calls leave the 128 bytes below the stack pointer alone? */
#include "guest.h"

int main(void)
{
    uint64_t first, last;
    __asm__ volatile("lea -256(%%rsp), %%rsp\n"
                     "movq $0x1234, -8(%%rsp); movq $0x5678, -128(%%rsp)\n"
                     "mov $39, %%eax; syscall\n"
                     "mov -8(%%rsp), %0; mov -128(%%rsp), %1\n"
                     "lea 256(%%rsp), %%rsp"
                     : "=&r"(first), "=&r"(last) : : "rax", "rcx", "r11", "memory");
    say("%lx %lx\n", first, last);
    return 0;
}
