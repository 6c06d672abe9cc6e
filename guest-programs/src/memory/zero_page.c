/* Do pages that were only read show zeros, and does the first write to one leave the others untouched? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    volatile char *memory = MUST((char *)mmap(NULL, 32 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    long total = 0;
    for (int i = 0; i < 32; i++)
        total += memory[i * PAGE + i];
    say("sum of reads %ld\n", total);
    for (int i = 0; i < 32; i += 2)
        memory[i * PAGE + 1] = (char)i;
    int wrong = 0;
    for (int i = 0; i < 32; i++)
        for (unsigned k = 0; k < PAGE; k++)
            wrong += memory[i * PAGE + k] != (i % 2 == 0 && k == 1 ? i : 0);
    say("wrong bytes %d\n", wrong);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        memory[31 * PAGE] = 7;
        _exit(memory[31 * PAGE]);
    }
    say_wait("child", pid);
    say("parent sees %d\n", memory[31 * PAGE]);
    return 0;
}
