/* Does MREMAP_FIXED move pages and replace what is at the target, and MREMAP_DONTUNMAP leave an empty area behind? */
#include "fault.h"
#include "maps.h"

#include <sys/mman.h>

int main(void)
{
    catch_faults();
    char *base = MUST((char *)mmap(NULL, 16 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) + PAGE;
    MUST(mmap(base, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    for (int i = 0; i < 4; i++)
        base[i * PAGE] = (char)('a' + i);
    say("move two of four: %d\n", mremap(base + PAGE, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, base + 8 * PAGE) ==
                                      base + 8 * PAGE);
    say_maps("after the move", base, 14 * PAGE);
    say("%c%c%c%c\n", base[0], base[8 * PAGE], base[9 * PAGE], base[3 * PAGE]);
    probe("old place", READ, base + PAGE, base);
    say("with MREMAP_DONTUNMAP: %d\n", mremap(base + 8 * PAGE, 2 * PAGE, 2 * PAGE,
                                              MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, base + PAGE) == base + PAGE);
    say("%c%c%c%c, left behind %d\n", base[0], base[PAGE], base[2 * PAGE], base[3 * PAGE], base[8 * PAGE]);
    say_maps("afterwards", base, 14 * PAGE);
    pid_t pid = MUST(fork());
    if (pid == 0) {
        say("child moves: %d\n", mremap(base, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, base + 10 * PAGE) ==
                                     base + 10 * PAGE);
        base[10 * PAGE] = 'C';
        say("child: %c%c\n", base[10 * PAGE], base[11 * PAGE]);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent: %c%c\n", base[0], base[PAGE]);
    return 0;
}
