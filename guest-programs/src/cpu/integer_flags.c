/* Do the arithmetic instructions set the defined flags and results for awkward operands? Printed as hexadecimal. */
#include "guest.h"

static const uint64_t operands[] = {0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff,
                                    0x8000000000000000, ~0UL, 0x123456789abcdef0};
#define COUNT (sizeof operands / sizeof *operands)
#define DEFINED 0x8d5 /* CF PF AF ZF SF OF */
#define WITHOUT_AF 0x8c5

#define START 14695981039346656037UL /* FNV-1a: one line per instruction instead of 144 results */

static uint64_t hash;

static void mix(uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        hash ^= value >> 8 * i & 255;
        hash *= 1099511628211UL;
    }
}

#define BINARY(name, instruction, mask)                                                                                \
    static void name(void)                                                                                             \
    {                                                                                                                  \
        for (size_t i = 0; i < COUNT; i++)                                                                             \
            for (size_t k = 0; k < COUNT; k++) {                                                                       \
                uint64_t a = operands[i], b = operands[k], flags;                                                      \
                __asm__ volatile(instruction "; pushfq; pop %1" : "+r"(a), "=&r"(flags), "+r"(b) : : "cc");          \
                mix(a);                                                                                                \
                mix(flags & (mask));                                                                                   \
            }                                                                                                          \
    }

BINARY(add_64, "addq %2, %0", DEFINED)
BINARY(add_32, "addl %k2, %k0", DEFINED)
BINARY(add_16, "addw %w2, %w0", DEFINED)
BINARY(add_8, "addb %b2, %b0", DEFINED)
BINARY(sub_64, "subq %2, %0", DEFINED)
BINARY(sub_8, "subb %b2, %b0", DEFINED)
BINARY(adc_64, "stc; adcq %2, %0", DEFINED)
BINARY(sbb_32, "stc; sbbl %k2, %k0", DEFINED)
BINARY(cmp_16, "cmpw %w2, %w0", DEFINED)
BINARY(and_64, "andq %2, %0", WITHOUT_AF)
BINARY(xor_8, "xorb %b2, %b0", WITHOUT_AF)
BINARY(test_32, "testl %k2, %k0", WITHOUT_AF)
BINARY(imul_64, "imulq %2, %0", 0x801)
BINARY(imul_16, "imulw %w2, %w0", 0x801)
BINARY(bt_64, "btq %2, %0", 1)
BINARY(btc_32, "btcl %k2, %k0", 1)
BINARY(inc_64, "clc; incq %0", DEFINED)
BINARY(dec_8, "stc; decb %b0", DEFINED)
BINARY(neg_32, "negl %k0", DEFINED)
BINARY(not_16, "notw %w0", 0)
BINARY(bswap_64, "bswapq %0", 0)
BINARY(xadd_32, "xaddl %k2, %k0", DEFINED)
BINARY(cmov_sign, "testq %0, %0; cmovsq %2, %0", 0)

int main(void)
{
    struct {
        const char *name;
        void (*run)(void);
    } tests[] = {{"add 64", add_64}, {"add 32", add_32}, {"add 16", add_16}, {"add 8", add_8}, {"sub 64", sub_64},
                 {"sub 8", sub_8}, {"adc 64", adc_64}, {"sbb 32", sbb_32}, {"cmp 16", cmp_16}, {"and 64", and_64},
                 {"xor 8", xor_8}, {"test 32", test_32}, {"imul 64", imul_64}, {"imul 16", imul_16}, {"bt 64", bt_64},
                 {"btc 32", btc_32}, {"inc 64", inc_64}, {"dec 8", dec_8}, {"neg 32", neg_32}, {"not 16", not_16},
                 {"bswap 64", bswap_64}, {"xadd 32", xadd_32}, {"cmovs 64", cmov_sign}};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        hash = START;
        tests[i].run();
        say("%s %016lx\n", tests[i].name, hash);
    }
    return 0;
}
