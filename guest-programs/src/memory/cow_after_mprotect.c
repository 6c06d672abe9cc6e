/* Does making a shared page writable again after fork still copy it, and does read-only memory stay read-only in both? */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *memory = MUST((char *)mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    memory[0] = memory[PAGE] = 'p';
    MUST(mprotect(memory, 2 * PAGE, PROT_READ));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        probe("child writes", WRITE, memory, memory);
        MUST(mprotect(memory, PAGE, PROT_READ | PROT_WRITE));
        memory[0] = 'c';
        probe("child writes the other page", WRITE, memory + PAGE, memory);
        say("child: %c %c\n", memory[0], memory[PAGE]);
        _exit(0);
    }
    say_wait("child", pid);
    probe("parent writes", WRITE, memory, memory);
    MUST(mprotect(memory, 2 * PAGE, PROT_READ | PROT_WRITE));
    say("parent: %c %c\n", memory[0], memory[PAGE]);
    memory[0] = 'q';
    say("parent: %c\n", memory[0]);
    return 0;
}
