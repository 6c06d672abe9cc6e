/* Do shifts, rotates, double shifts and bit scans give the right results and flags for every count? */
#include "guest.h"

#define START 14695981039346656037UL /* FNV-1a: one line per instruction instead of 280 results */

static uint64_t hash;

static void mix(uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        hash ^= value >> 8 * i & 255;
        hash *= 1099511628211UL;
    }
}

#define SHIFT(name, instruction, mask)                                                                                 \
    static void name(void)                                                                                             \
    {                                                                                                                  \
        const uint64_t values[] = {1, 0x8000000000000001, 0xdeadbeefcafef00d, 0x7fffffff80000000};                     \
        for (int v = 0; v < 4; v++)                                                                                    \
            for (uint64_t count = 0; count < 70; count++) {                                                            \
                uint64_t a = values[v], flags;                                                                         \
                __asm__ volatile("xor %%eax, %%eax; " instruction "; pushfq; pop %1"                                    \
                                 : "+r"(a), "=&r"(flags) : "c"(count), "d"(0x0123456789abcdefUL) : "rax", "cc");         \
                mix(a);                                                                                                \
                mix(flags & (mask));                                                                                   \
            }                                                                                                          \
        say(#name " %016lx\n", hash);                                                                                  \
    }

/* The mask names the flags that are defined for every count tried; the others would compare accidents. */
SHIFT(shl_64, "shlq %%cl, %0", 0)
SHIFT(shl_32, "shll %%cl, %k0", 0)
SHIFT(shr_64, "shrq %%cl, %0", 0)
SHIFT(sar_64, "sarq %%cl, %0", 0)
SHIFT(sar_32, "sarl %%cl, %k0", 0)
SHIFT(shr_16, "shrw %%cl, %w0", 0)
SHIFT(rol_64, "rolq %%cl, %0", 1)
SHIFT(ror_32, "rorl %%cl, %k0", 1)
SHIFT(rol_8, "rolb %%cl, %b0", 1)
SHIFT(rcl_64, "stc; rclq %%cl, %0", 1)
SHIFT(rcr_32, "stc; rcrl %%cl, %k0", 1)
SHIFT(rcl_8, "stc; rclb %%cl, %b0", 1)
SHIFT(rcr_16, "clc; rcrw %%cl, %w0", 1)
SHIFT(shld_64, "shldq %%cl, %%rdx, %0", 0)
SHIFT(shrd_32, "shrdl %%cl, %%edx, %k0", 0)
SHIFT(shl_one, "shlq $1, %0", 0x8c5)
SHIFT(sar_one, "sarl $1, %k0", 0x8c5)
SHIFT(bsf_64, "bsfq %0, %0", 0x40)
SHIFT(bsr_32, "bsrl %k0, %k0", 0x40)

int main(void)
{
    void (*tests[])(void) = {shl_64, shl_32, shr_64, sar_64, sar_32, shr_16, rol_64, ror_32, rol_8, rcl_64, rcr_32, rcl_8,
                             rcr_16, shld_64, shrd_32, shl_one, sar_one, bsf_64, bsr_32};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        hash = START;
        tests[i]();
    }
    return 0;
}
