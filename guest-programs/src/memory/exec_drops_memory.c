/* Does execve leave nothing of the old address space: mappings, heap, altered data? */
#include "guest.h"

#include <sys/mman.h>

#define PLACE ((char *)0x600000000000)

static int data = 1;

int main(int argc, char **argv)
{
    if (argc > 1) {
        unsigned char present;
        say("data %d\n", data);
        CHECK(mincore(PLACE, PAGE, &present));
        CHECK(mincore((void *)strtoul(argv[1], NULL, 16), PAGE, &present));
        return 0;
    }
    char address[32];
    data = 2;
    MUST(mmap(PLACE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    PLACE[0] = 1;
    char *shared = MUST((char *)mmap(PLACE + (1UL << 30), PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    snprintf(address, sizeof address, "%lx", (unsigned long)shared);
    execl("/proc/self/exe", "program", address, (char *)NULL);
    return 1;
}
