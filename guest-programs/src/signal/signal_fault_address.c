/* Do SIGSEGV's si_code and si_addr name the cause and the exact byte, for reads, writes and jumps? */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    MUST(mprotect(base + PAGE, PAGE, PROT_NONE));
    MUST(munmap(base + 2 * PAGE, PAGE));
    probe("read readable", READ, base + 7, base);
    probe("write readable", WRITE, base + 7, base);
    probe("write readable, last byte", WRITE, base + PAGE - 1, base);
    probe("read none", READ, base + PAGE + 0x123, base);
    probe("write none", WRITE, base + PAGE + 0xfff, base);
    probe("read hole", READ, base + 2 * PAGE, base);
    probe("write hole", WRITE, base + 2 * PAGE + 0x456, base);
    probe("jump to data", CALL, base + 0x10, base);
    probe("jump to none", CALL, base + PAGE + 0x20, base);
    probe("jump to hole", CALL, base + 2 * PAGE + 0x30, base);
    probe("read null page", READ, nowhere(), NULL);
    probe("jump to null page", CALL, nowhere(), NULL);
    probe("write own code", WRITE, (char *)main + 1, (char *)main);
    return 0;
}
