/* Does a pipeline of four processes, wired with dup2, filter like a shell's would? */
#include "guest.h"

static void double_it(unsigned char *byte) { *byte = (unsigned char)(*byte * 2); }
static void add_one(unsigned char *byte) { *byte = (unsigned char)(*byte + 1); }
static void invert(unsigned char *byte) { *byte = (unsigned char)~*byte; }

int main(void)
{
    void (*stages[])(unsigned char *) = {double_it, add_one, invert};
    int input, ends[2];
    MUST(pipe(ends));
    input = ends[0];
    int feed = ends[1];
    for (int i = 0; i < 3; i++) {
        MUST(pipe(ends));
        if (MUST(fork()) == 0) {
            unsigned char buffer[512];
            close(feed);
            MUST(dup2(input, 0));
            MUST(dup2(ends[1], 1));
            close(input);
            close(ends[0]);
            close(ends[1]);
            for (ssize_t n; (n = read(0, buffer, sizeof buffer)) > 0;) {
                for (ssize_t k = 0; k < n; k++)
                    stages[i](&buffer[k]);
                MUST(write(1, buffer, n));
            }
            _exit(i);
        }
        close(input);
        close(ends[1]);
        input = ends[0];
    }
    for (int i = 0; i < 1000; i++)
        MUST(write(feed, &i, 1));
    close(feed);
    unsigned char byte;
    unsigned count = 0, sum = 0, wrong = 0;
    while (read(input, &byte, 1) == 1) {
        wrong += byte != (unsigned char)~(count * 2 + 1);
        sum += byte;
        count++;
    }
    say("bytes %u sum %u wrong %u\n", count, sum, wrong);
    int statuses = 0, status;
    while (wait(&status) > 0)
        statuses += WEXITSTATUS(status);
    say("statuses add up to %d\n", statuses);
    return 0;
}
