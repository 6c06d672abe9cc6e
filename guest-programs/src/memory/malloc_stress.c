/* Does the C library's allocator survive 20000 random allocations, growths and frees with contents checked? */
#include "guest.h"

#define SLOTS 256

static uint32_t seed = 12345;

static uint32_t next_random(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

int main(void)
{
    static unsigned char *blocks[SLOTS];
    static size_t sizes[SLOTS];
    long wrong = 0, total = 0;
    for (int round = 0; round < 20000; round++) {
        int i = next_random() % SLOTS;
        for (size_t k = 0; k < sizes[i]; k += 97)
            wrong += blocks[i][k] != (unsigned char)(i + sizes[i]);
        size_t size = next_random() % (next_random() % 50 == 0 ? 300000 : 2000);
        if (next_random() % 4 == 0) {
            free(blocks[i]);
            blocks[i] = NULL;
            size = 0;
        } else {
            blocks[i] = realloc(blocks[i], size + 1);
        }
        sizes[i] = size;
        if (size)
            memset(blocks[i], (unsigned char)(i + size), size);
        total += size;
    }
    say("wrong bytes %ld, allocated %ld\n", wrong, total);
    for (int i = 0; i < SLOTS; i++)
        free(blocks[i]);
    return 0;
}
