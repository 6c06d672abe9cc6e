/* Does MAP_POPULATE bring the pages in at once, so that touching them takes no faults? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/resource.h>

static long faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt + usage.ru_majflt;
}

static void touch(const char *label, int flags)
{
    char *memory = MUST((char *)mmap(NULL, 32 * PAGE, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0));
    faults();
    long before = faults();
    for (int i = 0; i < 32; i++)
        memory[i * PAGE] = 1;
    say("%s: %ld faults\n", label, faults() - before);
    MUST(munmap(memory, 32 * PAGE));
}

int main(void)
{
    touch("private", MAP_PRIVATE);
    touch("private, populated", MAP_PRIVATE | MAP_POPULATE);
    touch("shared", MAP_SHARED);
    touch("shared, populated", MAP_SHARED | MAP_POPULATE);
    return 0;
}
