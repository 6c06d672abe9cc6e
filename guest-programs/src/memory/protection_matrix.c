/* Which of read, write and execute does each of the eight protections allow? (x86 cannot refuse reads of writable or
   executable pages.) */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    for (int prot = 0; prot < 8; prot++) {
        char *memory = MUST((char *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        memory[8] = (char)0xc3; /* ret */
        MUST(mprotect(memory, PAGE, prot));
        int read = try_access(READ, memory), write = try_access(WRITE, memory), execute = try_access(CALL, memory + 8);
        char *fresh = MUST((char *)mmap(NULL, PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        say("%c%c%c: read %s, write %s, execute %s; untouched: read %s, write %s\n", prot & 1 ? 'r' : '-',
            prot & 2 ? 'w' : '-', prot & 4 ? 'x' : '-', signal_name(read), signal_name(write), signal_name(execute),
            signal_name(try_access(READ, fresh)), signal_name(try_access(WRITE, fresh)));
    }
    return 0;
}
