/* Does the kernel's own write into a copied-on-write page (read, wait status, pipe) break the sharing too? */
#include "guest.h"

#include <sys/mman.h>
#include <sys/uio.h>

int main(void)
{
    int ends[2];
    MUST(pipe(ends));
    char *memory = MUST((char *)mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    memset(memory, '.', 3 * PAGE);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        MUST(write(ends[1], "0123456789", 10));
        MUST(read(ends[0], memory + PAGE - 5, 10));
        pid_t inner = MUST(fork());
        if (inner == 0)
            _exit(0x41);
        MUST(waitpid(inner, (int *)(memory + 2 * PAGE), 0));
        say("child: %.12s status byte %c\n", memory + PAGE - 6, memory[2 * PAGE + 1]);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent: %.12s status byte %c\n", memory + PAGE - 6, memory[2 * PAGE + 1]);
    return 0;
}
