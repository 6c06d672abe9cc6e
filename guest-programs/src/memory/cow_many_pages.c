/* Do 1000 pages shared by 4 children come apart page by page, each child writing its own residue class? */
#include "guest.h"

#include <sys/mman.h>

#define PAGES 1000
#define CHILDREN 4

int main(void)
{
    int *memory = MUST((int *)mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    const int stride = PAGE / sizeof(int);
    for (int i = 0; i < PAGES; i++)
        memory[i * stride] = i;
    pid_t pids[CHILDREN];
    for (int child = 0; child < CHILDREN; child++) {
        if ((pids[child] = MUST(fork())) == 0) {
            int wrong = 0;
            for (int i = child; i < PAGES; i += CHILDREN)
                memory[i * stride] = -i - child;
            for (int i = 0; i < PAGES; i++)
                wrong += memory[i * stride] != (i % CHILDREN == child ? -i - child : i);
            _exit(wrong > 255 ? 255 : wrong);
        }
    }
    for (int child = 0; child < CHILDREN; child++)
        say_wait("child, wrong pages", pids[child]);
    int wrong = 0;
    for (int i = 0; i < PAGES; i++)
        wrong += memory[i * stride] != i;
    say("parent: wrong pages %d\n", wrong);
    return 0;
}
