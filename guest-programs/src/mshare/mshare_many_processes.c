/* Do 50 processes, each with the region at an address of its own, add up one table through one set of page tables? */
#include "mshare.h"

#include <stdatomic.h>

#define PROCESSES 50
#define CELL(window, i) ((int *)((window) + PAGE * (1 + (i))))

int main(void)
{
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1), gate[2];
    MUST(pipe(gate));
    MUST(create_object(fd, 0, (PROCESSES + 1) * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    _Atomic int *total = (_Atomic int *)window;
    for (int i = 0; i < PROCESSES; i++) {
        if (MUST(fork()) == 0) {
            char byte, *own = attach(fd, WINDOW(10 + i), 1);
            close(gate[1]);
            *CELL(own, i) = i * i;
            atomic_fetch_add((_Atomic int *)own, 1);
            read(gate[0], &byte, 1); /* until all have written */
            int sum = 0;
            for (int k = 0; k < PROCESSES; k++)
                sum += *CELL(own, k);
            _exit(sum == 40425 ? 0 : 1);
        }
    }
    while (atomic_load(total) < PROCESSES)
        sleep_ms(1);
    close(gate[1]);
    int right = 0, status;
    while (wait(&status) > 0)
        right += status == 0;
    int sum = 0;
    for (int i = 0; i < PROCESSES; i++)
        sum += *CELL(window, i);
    say("written by %d, seen whole by %d, sum %d\n", atomic_load(total), right, sum);
    return 0;
}
