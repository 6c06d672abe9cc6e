/* Do the string instructions move, compare, scan and fill in both directions, with every prefix and width? */
#include "guest.h"

static char source[256], target[256];

static void show(const char *label, long count, long si, long di)
{
    uint32_t sum = 0;
    for (int i = 0; i < 256; i++)
        sum = sum * 31 + (unsigned char)target[i];
    say("%s: count %ld si %ld di %ld sum %08x\n", label, count, si, di, sum);
}

#define RUN(label, instruction, from, to, n, value)                                                                    \
    do {                                                                                                               \
        char *si = source + (from), *di = target + (to);                                                               \
        long count = (n);                                                                                              \
        __asm__ volatile(instruction "; cld" : "+S"(si), "+D"(di), "+c"(count) : "a"((long)(value)) : "memory", "cc");   \
        show(label, count, si - source, di - target);                                                                  \
    } while (0)

int main(void)
{
    for (int i = 0; i < 256; i++) {
        source[i] = (char)(i * 7 + 3);
        target[i] = (char)(i < 100 ? source[i] : 0);
    }
    RUN("rep movsb", "cld; rep movsb", 5, 9, 20, 0);
    RUN("rep movsq", "cld; rep movsq", 0, 64, 5, 0);
    RUN("rep movsl backwards", "std; rep movsl", 200, 220, 7, 0);
    RUN("rep stosb", "cld; rep stosb", 0, 33, 11, 0xa5);
    RUN("rep stosq", "cld; rep stosq", 0, 120, 3, 0x1122334455667788);
    RUN("rep stosw backwards", "std; rep stosw", 0, 180, 6, 0xbeef);
    RUN("rep movsb, count 0", "cld; rep movsb", 0, 0, 0, 0);
    memcpy(target, source, 256);
    target[77] ^= 1;
    RUN("repe cmpsb", "cld; repe cmpsb", 0, 0, 256, 0);
    RUN("repe cmpsl", "cld; repe cmpsl", 0, 0, 64, 0);
    RUN("repe cmpsb to the end", "cld; repe cmpsb", 100, 100, 50, 0);
    RUN("repne cmpsb", "cld; repne cmpsb", 1, 0, 200, 0);
    RUN("repne scasb", "cld; repne scasb", 0, 0, 256, (unsigned char)source[123]);
    RUN("repe scasb", "cld; repe scasb", 0, 0, 256, (unsigned char)source[0]);
    RUN("lodsb", "cld; lodsb; lodsb", 10, 0, 0, 0);
    RUN("movsb alone", "movsb", 40, 41, 9, 0);
    memset(target, 0, 256);
    memcpy(target, "overlapping", 11);
    char *si = target, *di = target + 1;
    long count = 40;
    __asm__ volatile("cld; rep movsb" : "+S"(si), "+D"(di), "+c"(count) : : "memory");
    say("overlapping forward: %.42s\n", target);
    return 0;
}
