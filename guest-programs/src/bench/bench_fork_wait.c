/* How long do fork, exit and wait take together? */
#include "bench.h"

int main(int argc, char **argv)
{
    long count = bench_count(argc, argv, 100), right = 0;
    int64_t start = bench_now();
    for (long i = 0; i < count; i++) {
        pid_t pid = MUST(fork());
        if (pid == 0)
            _exit(5);
        int status;
        right += waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 5;
    }
    bench_report(argc, argv, start, count);
    say("forked %ld, right %d\n", count, right == count);
    return 0;
}
