/* How long does writing and reading back 4 KiB of a file take? */
#include "bench.h"

int main(int argc, char **argv)
{
    static char buffer[4096];
    long count = bench_count(argc, argv, 1000), right = 0;
    int fd = MUST(open("file", O_CREAT | O_RDWR, 0600));
    int64_t start = bench_now();
    for (long i = 0; i < count; i++) {
        buffer[i % 4096] = (char)i;
        MUST(pwrite(fd, buffer, sizeof buffer, i % 64 * 4096));
        right += pread(fd, buffer, sizeof buffer, i % 64 * 4096) == 4096 && buffer[i % 4096] == (char)i;
    }
    bench_report(argc, argv, start, count);
    say("blocks %ld, right %d\n", count, right == count);
    unlink("file");
    return 0;
}
