/* How long does a round trip of one byte between two processes over two pipes take? */
#include "bench.h"

int main(int argc, char **argv)
{
    long count = bench_count(argc, argv, 1000), rounds = 0;
    int there[2], back[2];
    char byte = 0;
    MUST(pipe(there));
    MUST(pipe(back));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        close(there[1]);
        while (read(there[0], &byte, 1) == 1) {
            byte++;
            MUST(write(back[1], &byte, 1));
        }
        _exit(0);
    }
    close(there[0]);
    int64_t start = bench_now();
    for (; rounds < count; rounds++) {
        MUST(write(there[1], &byte, 1));
        MUST(read(back[0], &byte, 1));
    }
    bench_report(argc, argv, start, count);
    close(there[1]);
    waitpid(pid, NULL, 0);
    say("rounds %ld, byte %d\n", rounds, (unsigned char)byte);
    return 0;
}
