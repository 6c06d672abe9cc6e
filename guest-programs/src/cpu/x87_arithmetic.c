/* Does the x87 unit calculate in 80 bits: arithmetic, rounding, comparison, conversion, transcendental functions? */
#include "guest.h"

static void show(const char *label, long double value)
{
    uint64_t mantissa;
    uint16_t exponent;
    memcpy(&mantissa, &value, 8);
    memcpy(&exponent, (char *)&value + 8, 2);
    say("%s %04x:%016lx\n", label, exponent, mantissa);
}

int main(void)
{
    volatile long double a = 1.0L / 3, b = -2.5L, big = 1e4000L, zero = 0.0L;
    show("1/3", a);
    show("add", a + b);
    show("multiply", a * b);
    show("divide", a / b);
    show("large", big * big);
    show("divide by zero", b / zero);
    show("invalid", zero / zero);
    show("square root", __builtin_sqrtl(a));
    show("negative zero", -zero);
    show("from long", (long double)(volatile long)0x7fffffffffffffff);
    say("to long %ld to int %d\n", (long)(b * 1000), (int)b);
    say("compare %d %d %d\n", a < b, a > b, a == a);
    long double result;
    __asm__("fldpi" : "=t"(result));
    show("pi", result);
    __asm__("fldl2e" : "=t"(result));
    show("log2 e", result);
    __asm__("fabs" : "=t"(result) : "0"(b));
    show("abs", result);
    __asm__("fchs" : "=t"(result) : "0"(a));
    show("chs", result);
    __asm__("frndint" : "=t"(result) : "0"(b));
    show("round", result);
    __asm__("fscale" : "=t"(result) : "0"(a), "u"(5.0L));
    show("scale", result);
    __asm__("fprem" : "=t"(result) : "0"(17.25L), "u"(5.0L));
    show("remainder", result);
    unsigned short control, saved, status;
    __asm__ volatile("fnstcw %0" : "=m"(saved));
    for (int mode = 0; mode < 4; mode++) {
        long rounded;
        control = (unsigned short)((saved & ~0x0c00) | mode << 10);
        __asm__ volatile("fldcw %1; fldt %2; fistpll %0; fldcw %3" : "=m"(rounded) : "m"(control), "m"(b), "m"(saved));
        say("mode %d: -2.5 -> %ld\n", mode, rounded);
    }
    __asm__ volatile("fnclex; fld1; fldz; fdivrp; fstp %%st(0); fnstsw %0; fnclex" : "=a"(status));
    say("status after fdivrp: %02x\n", status & 0x3f);
    __asm__ volatile("fnclex; fld1; fldz; fdivp; fstp %%st(0); fnstsw %0; fnclex" : "=a"(status));
    say("status after fdivp: %02x\n", status & 0x3f);
    char packed[10];
    __asm__ volatile("fbstp %0" : "=m"(packed) : "t"(123456789.0L) : "st");
    say("decimal %02x%02x%02x%02x%02x\n", packed[4] & 255, packed[3] & 255, packed[2] & 255, packed[1] & 255, packed[0] & 255);
    return 0;
}
