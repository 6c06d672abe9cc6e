/* Do indirect jumps and calls, deep recursion, setjmp and variadic calls keep their way? */
#include "guest.h"

#include <setjmp.h>

static int step(int operation, int value)
{
    switch (operation) {
    case 0: return value + 1;
    case 1: return value * 3;
    case 2: return value ^ 0x55;
    case 3: return value - 7;
    case 4: return value << 1;
    case 5: return value >> 1;
    case 6: return ~value;
    default: return value;
    }
}

static long total(int count, ...)
{
    va_list list;
    long sum = 0;
    va_start(list, count);
    for (int i = 0; i < count; i++)
        sum += i % 2 ? (long)va_arg(list, double) : va_arg(list, int);
    va_end(list);
    return sum;
}

static int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }

static jmp_buf target;

#pragma GCC diagnostic ignored "-Winfinite-recursion"
static void leap(int n)
{
    if (n == 0)
        longjmp(target, 5);
    leap(n - 1);
}

int main(void)
{
    int value = 1;
    for (int i = 0; i < 10000; i++)
        value = step(i * 7 % 8, value) & 0xffffff;
    say("switch %d\n", value);
    int (*volatile function)(int, int) = step;
    for (int i = 0; i < 1000; i++)
        value = function(i % 7, value) & 0xffffff;
    say("pointer %d\n", value);
    say("variadic %ld\n", total(10, 1, 2.5, 3, 4.5, 5, 6.5, 7, 8.5, 9, 10.5));
    say("depth %d\n", depth(10000));
    int code = setjmp(target);
    if (code == 0)
        leap(100);
    say("longjmp %d\n", code);
    return 0;
}
