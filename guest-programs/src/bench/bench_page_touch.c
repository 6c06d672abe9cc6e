/* How long does the first touch of an anonymous page take? The count is in pages; memory is mapped anew every 4096 pages. */
#include "bench.h"

#include <sys/mman.h>

int main(int argc, char **argv)
{
    long count = bench_count(argc, argv, 4096), touched = 0;
    int64_t start = bench_now();
    while (touched < count) {
        long pages = count - touched < 4096 ? count - touched : 4096;
        char *memory = MUST((char *)mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        for (long i = 0; i < pages; i++)
            memory[i * PAGE] = 1;
        MUST(munmap(memory, pages * PAGE));
        touched += pages;
    }
    bench_report(argc, argv, start, count);
    say("touched %ld pages\n", touched);
    return 0;
}
