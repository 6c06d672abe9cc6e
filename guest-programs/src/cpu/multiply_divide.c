/* Do the widening multiplications and the divisions of every width give both halves? */
#include "guest.h"

int main(void)
{
    const uint64_t values[] = {0, 1, 3, 0xffff, 0x80000000, 0xfffffffffffffffb, 0x8000000000000000, 0x123456789abcdef0};
    for (int i = 0; i < 8; i++) {
        for (int k = 1; k < 8; k++) {
            uint64_t low, high, quotient, rest;
            __asm__("mulq %3" : "=a"(low), "=d"(high) : "0"(values[i]), "r"(values[k]));
            __asm__("divq %4" : "=a"(quotient), "=d"(rest) : "0"(values[i]), "1"(values[k] >> 1), "r"(values[k]));
            int64_t signed_low, signed_high;
            __asm__("imulq %3" : "=a"(signed_low), "=d"(signed_high) : "0"(values[i]), "r"(values[k]));
            uint32_t q32, r32;
            __asm__("divl %4" : "=a"(q32), "=d"(r32) : "0"((uint32_t)values[i]), "1"(0), "r"((uint32_t)values[k] | 1));
            int64_t sq, sr;
            __asm__("cqto; idivq %3" : "=&a"(sq), "=&d"(sr) : "0"(values[i] >> 2), "r"(values[k]));
            say("%d %d: %lx:%lx %lx:%lx %lx r %lx %x r %x %lx r %lx\n", i, k, high, low, signed_high, signed_low, quotient,
                rest, q32, r32, sq, sr);
        }
    }
    uint16_t product;
    __asm__("mulb %2" : "=a"(product) : "0"(200), "r"((uint8_t)201));
    say("mul 8: %x\n", product);
    __asm__("movw $0x1234, %%ax; movb $0x56, %%cl; divb %%cl; movw %%ax, %0" : "=r"(product) : : "eax", "ecx");
    say("div 8: %x\n", product);
    return 0;
}
