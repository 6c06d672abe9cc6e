/* Does CPUID describe a 64-bit processor with SSE2 and without what the engine cannot do (AVX, RDRAND, RDSEED)? */
#include "guest.h"

#include <cpuid.h>

int main(void)
{
    unsigned a, b, c, d;
    __cpuid(0, a, b, c, d);
    say("leaf 7 exists: %d\n", a >= 7);
    __cpuid(1, a, b, c, d);
    say("sse %d sse2 %d cx16 %d fxsr %d\n", d >> 25 & 1, d >> 26 & 1, c >> 13 & 1, d >> 24 & 1);
    say("avx %d fma %d f16c %d rdrand %d\n", c >> 28 & 1, c >> 12 & 1, c >> 29 & 1, c >> 30 & 1);
    __cpuid_count(7, 0, a, b, c, d);
    say("avx2 %d erms %d rdseed %d avx512f %d\n", b >> 5 & 1, b >> 9 & 1, b >> 18 & 1, b >> 16 & 1);
    __cpuid(0x80000001, a, b, c, d);
    say("long mode %d nx %d syscall %d\n", d >> 29 & 1, d >> 20 & 1, d >> 11 & 1);
    return 0;
}
