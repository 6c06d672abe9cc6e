/* Do qsort, bsearch and memory functions of the C library (which choose their code by CPUID) work on all sizes? */
#include "guest.h"

static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    static int numbers[20000];
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++)
        numbers[i] = (int)(seed = seed * 1664525 + 1013904223) >> 8;
    qsort(numbers, 20000, sizeof *numbers, by_value);
    int disordered = 0, found = 0;
    for (int i = 1; i < 20000; i++)
        disordered += numbers[i - 1] > numbers[i];
    for (int i = 0; i < 20000; i += 7)
        found += bsearch(&numbers[i], numbers, 20000, sizeof *numbers, by_value) != NULL;
    say("disordered %d found %d\n", disordered, found);

    static char from[4096 + 64], to[4096 + 64];
    long wrong = 0;
    for (int i = 0; i < 4160; i++)
        from[i] = (char)(i * 37);
    for (size_t length = 0; length < 600; length++)
        for (int shift = 0; shift < 17; shift += 4) {
            memset(to, 0, length + 64);
            memcpy(to + shift, from + 3, length);
            wrong += memcmp(to + shift, from + 3, length) != 0 || to[shift + length] != 0;
            memmove(to + shift + 2, to + shift, length);
            wrong += memcmp(to + shift + 2, from + 3, length) != 0;
        }
    say("wrong copies %ld\n", wrong);
    memset(from, 'a', 4096);
    from[4096] = 0;
    long sum = 0;
    for (int i = 0; i < 200; i++) {
        from[4096 - i] = 0;
        sum += strlen(from) + (strchr(from + i, 0) - from) + (memchr(from, 0, 4097) != NULL) + strnlen(from, 100);
    }
    say("lengths %ld compare %d %d\n", sum, strcmp("abcdefgh", "abcdefgi") < 0, strncmp("same1", "same2", 4));
    return 0;
}
