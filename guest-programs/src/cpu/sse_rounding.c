/* Do the rounding modes of MXCSR work, and are denormals kept? (Sticky flags, flush-to-zero: engine_limits.c) */
#include "guest.h"

#include <xmmintrin.h>

int main(void)
{
    volatile double one = 1.0, three = 3.0, half = 2.5;
    for (unsigned mode = 0; mode < 4; mode++) {
        _mm_setcsr(0x1f80 | mode << 13);
        volatile double third = one / three, minus = -one / three;
        volatile long rounded;
        __asm__ volatile("cvtsd2si %1, %0" : "=r"(rounded) : "m"(half));
        _mm_setcsr(0x1f80);
        uint64_t bits[2];
        memcpy(bits, (void *)(uintptr_t)&third, 8);
        memcpy(bits + 1, (void *)(uintptr_t)&minus, 8);
        say("mode %u: %016lx %016lx 2.5 -> %ld\n", mode, bits[0], bits[1], rounded);
    }
    volatile float small = 1e-38f, ten = 10.0f;
    volatile float denormal = small / ten;
    uint32_t word;
    memcpy(&word, (void *)(uintptr_t)&denormal, 4);
    say("denormal %08x\n", word);
    return 0;
}
