/* Do two processes keep in step for 500 rounds through words of shared memory alone? */
#include "mshare.h"

#include <sched.h>
#include <stdatomic.h>

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    _Atomic uint32_t *turn = (_Atomic uint32_t *)window;
    volatile uint32_t *value = (volatile uint32_t *)(window + 64);
    *value = 1;
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char *own = attach(fd, WINDOW(9), 1);
        turn = (_Atomic uint32_t *)own;
        value = (volatile uint32_t *)(own + 64);
    }
    for (uint32_t round = 0; round < 500; round++) {
        while (atomic_load(turn) != 2 * round + (pid == 0))
            sched_yield();
        *value = *value * 5 + (pid == 0 ? 3 : 7);
        atomic_fetch_add(turn, 1);
    }
    if (pid == 0)
        _exit(0);
    say_wait("child", pid);
    uint32_t expected = 1;
    for (int round = 0; round < 500; round++)
        expected = (expected * 5 + 7) * 5 + 3;
    say("turns %u, value right %d\n", atomic_load(turn), *value == expected);
    return 0;
}
