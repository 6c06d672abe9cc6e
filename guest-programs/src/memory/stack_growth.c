/* Does the stack grow downwards by itself, page after page and by a jump within the limit, and show so in maps? */
#include "guest.h"

static int recurse(int depth)
{
    volatile char frame[PAGE];
    frame[0] = (char)depth;
    frame[PAGE - 1] = (char)depth;
    return depth == 0 ? 0 : recurse(depth - 1) + frame[0] - frame[PAGE - 1] + 1;
}

static void jump_far(void)
{
    volatile char *local = __builtin_frame_address(0);
    local[-(4L << 20)] = 'j'; /* 4 MiB below, no page between touched */
    say("far below the stack pointer: %c\n", local[-(4L << 20)]);
}

static unsigned long stack_size(void)
{
    char line[512];
    unsigned long from, to, size = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (fgets(line, sizeof line, maps))
        if (strstr(line, "[stack]") && sscanf(line, "%lx-%lx", &from, &to) == 2)
            size = to - from;
    fclose(maps);
    return size;
}

int main(void)
{
    unsigned long before = stack_size();
    say("small at first: %d\n", before < 1 << 20);
    say("recursion: %d\n", recurse(500));
    say("grew by at least 500 pages: %d\n", stack_size() >= before + 400 * PAGE);
    jump_far();
    say("covers the jump: %d\n", stack_size() >= 4UL << 20);
    return 0;
}
