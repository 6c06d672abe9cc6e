/* Do 64 MiB hold their contents, every page written and read back twice? */
#include "guest.h"

#include <sys/mman.h>

#define LENGTH (64UL << 20)

int main(void)
{
    uint64_t *memory = MUST((uint64_t *)mmap(NULL, LENGTH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    const size_t step = PAGE / sizeof *memory, words = LENGTH / sizeof *memory;
    for (int round = 1; round <= 2; round++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < words; i += step)
            memory[i + i / step % step] = i * 2654435761u * round;
        for (size_t i = 0; i < words; i += step)
            sum = sum * 31 + memory[i + i / step % step];
        say("round %d: %016lx\n", round, sum);
    }
    CHECK(munmap(memory, LENGTH));
    return 0;
}
