/* Does the child lack MADV_DONTFORK memory, and find MADV_WIPEONFORK memory empty? */
#include "fault.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *base = MUST((char *)mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    memset(base, 'm', 4 * PAGE);
    CHECK(madvise(base + PAGE, PAGE, MADV_DONTFORK));
    CHECK(madvise(base + 2 * PAGE, PAGE, MADV_WIPEONFORK));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        probe("child, first", READ, base, base);
        probe("child, not forked", READ, base + PAGE, base);
        say("child: %d %d %d\n", base[0], base[2 * PAGE], base[3 * PAGE]);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent: %d %d %d %d\n", base[0], base[PAGE], base[2 * PAGE], base[3 * PAGE]);
    CHECK(madvise(base + PAGE, PAGE, MADV_DOFORK));
    CHECK(madvise(base + 2 * PAGE, PAGE, MADV_KEEPONFORK));
    pid = MUST(fork());
    if (pid == 0) {
        say("second child: %d %d %d %d\n", base[0], base[PAGE], base[2 * PAGE], base[3 * PAGE]);
        _exit(0);
    }
    say_wait("second child", pid);
    return 0;
}
