/* Does the child keep the old contents while the parent writes, and the parent own its page after the child's death? */
#include "guest.h"

#include <sys/mman.h>

int main(void)
{
    int written[2], read_back[2];
    char byte;
    char *memory = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    strcpy(memory, "before");
    strcpy(memory + 3 * PAGE, "untouched");
    MUST(pipe(written));
    MUST(pipe(read_back));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        say("child first: %s\n", memory);
        MUST(write(read_back[1], "1", 1));
        MUST(read(written[0], &byte, 1));
        say("child after the parent's write: %s, %s\n", memory, memory + 3 * PAGE);
        strcpy(memory, "child");
        MUST(write(read_back[1], "2", 1));
        MUST(read(written[0], &byte, 1));
        say("child at the end: %s\n", memory);
        _exit(0);
    }
    MUST(read(read_back[0], &byte, 1));
    strcpy(memory, "parent");
    MUST(write(written[1], "1", 1));
    MUST(read(read_back[0], &byte, 1));
    say("parent: %s\n", memory);
    strcpy(memory, "parent again");
    MUST(write(written[1], "2", 1));
    say_wait("child", pid);
    strcpy(memory + 3 * PAGE, "alone now");
    say("parent alone: %s, %s\n", memory, memory + 3 * PAGE);
    return 0;
}
