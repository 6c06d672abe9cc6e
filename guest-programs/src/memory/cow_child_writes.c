/* Does a child's write to private memory stay in the child: data, bss, heap, stack, mapping? */
#include "guest.h"

#include <sys/mman.h>

static int data = 1;
static int bss;

int main(void)
{
    int stack = 1;
    int *heap = malloc(sizeof *heap);
    int *mapping = MUST((int *)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    *heap = *mapping = bss = 1;
    pid_t pid = MUST(fork());
    if (pid == 0) {
        data += 10;
        bss += 20;
        stack += 30;
        *heap += 40;
        *mapping += 50;
        say("child: %d %d %d %d %d\n", data, bss, stack, *heap, *mapping);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent: %d %d %d %d %d\n", data, bss, stack, *heap, *mapping);
    return 0;
}
