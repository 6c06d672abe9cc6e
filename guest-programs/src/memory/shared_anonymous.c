/* Is shared anonymous memory one memory for parent, child and grandchild, at whatever moment it is touched first? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    volatile int *memory = MUST((int *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    const int second = PAGE / sizeof(int), third = 2 * second;
    memory[0] = 1;
    pid_t pid = MUST(fork());
    if (pid == 0) {
        memory[0]++;
        memory[second] = 100; /* first touch in the child */
        pid_t inner = MUST(fork());
        if (inner == 0) {
            memory[0]++;
            memory[third] = 200;
            munmap((void *)memory, 4 * PAGE);
            _exit(0);
        }
        waitpid(inner, NULL, 0);
        say("child: %d %d %d\n", memory[0], memory[second], memory[third]);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent: %d %d %d\n", memory[0], memory[second], memory[third]);
    return 0;
}
