/* Do three generations that share a page each see exactly their own writes? */
#include "guest.h"

static volatile int values[4 * PAGE / sizeof(int)];

static void generation(int depth)
{
    values[depth * 100] = depth;
    if (depth < 3) {
        pid_t pid = MUST(fork());
        if (pid == 0) {
            generation(depth + 1);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
    }
    say("generation %d sees %d %d %d %d\n", depth, values[0], values[100], values[200], values[300]);
    values[0] += 10 * (depth + 1);
    say("generation %d wrote, sees %d\n", depth, values[0]);
}

int main(void)
{
    generation(0);
    return 0;
}
