/* Do the rounding modes, flush-to-zero and the sticky exception flags of MXCSR work? */
#include "guest.h"

#include <xmmintrin.h>

int main(void)
{
    volatile double one = 1.0, three = 3.0, tiny = 1e-300, zero = 0.0, half = 2.5;
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
    struct {
        const char *name;
        volatile double *a, *b;
        char operation;
    } cases[] = {{"exact", &one, &one, '*'}, {"inexact", &one, &three, '/'}, {"divide by zero", &one, &zero, '/'},
                 {"invalid", &zero, &zero, '/'}, {"underflow", &tiny, &tiny, '*'}};
    for (int i = 0; i < 5; i++) {
        _mm_setcsr(0x1f80);
        volatile double result = cases[i].operation == '*' ? *cases[i].a * *cases[i].b : *cases[i].a / *cases[i].b;
        unsigned state = _mm_getcsr();
        (void)result;
        _mm_setcsr(0x1f80);
        say("%s: flags %02x\n", cases[i].name, state & 0x3f);
    }
    volatile float small = 1e-38f, ten = 10.0f;
    volatile float denormal = small / ten;
    _mm_setcsr(0x9f80);
    volatile float flushed = small / ten;
    _mm_setcsr(0x1f80);
    uint32_t words[2];
    memcpy(words, (void *)(uintptr_t)&denormal, 4);
    memcpy(words + 1, (void *)(uintptr_t)&flushed, 4);
    say("denormal %08x flushed %08x\n", words[0], words[1]);
    return 0;
}
