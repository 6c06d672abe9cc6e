/* How long do fork, execve of a small static program, exit and wait take together? usage: bench_exec COUNT [time] */
#include "bench.h"

int main(int argc, char **argv)
{
    if (strcmp(argv[0], "again") == 0)
        return 6;
    long count = bench_count(argc, argv, 50), right = 0;
    int64_t start = bench_now();
    for (long i = 0; i < count; i++) {
        pid_t pid = MUST(fork());
        if (pid == 0) {
            execl("/proc/self/exe", "again", (char *)NULL);
            _exit(1);
        }
        int status;
        right += waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 6;
    }
    bench_report(argc, argv, start, count);
    say("executed %ld, right %d\n", count, right == count);
    return 0;
}
