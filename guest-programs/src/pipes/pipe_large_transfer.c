/* Do 10 MB in odd pieces arrive complete and in order, the writer blocking again and again? */
#include "guest.h"

#define TOTAL 10000000

int main(void)
{
    static unsigned char buffer[100000];
    int ends[2];
    MUST(pipe(ends));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        uint32_t value = 1;
        size_t piece = 1;
        close(ends[0]);
        for (long left = TOTAL; left > 0;) {
            size_t length = (long)piece < left ? piece : (size_t)left;
            for (size_t i = 0; i < length; i++)
                buffer[i] = (unsigned char)((value = value * 1664525 + 1013904223) >> 24);
            for (size_t done = 0; done < length;)
                done += MUST(write(ends[1], buffer + done, length - done));
            left -= length;
            piece = piece * 7 % 99991;
        }
        _exit(0);
    }
    close(ends[1]);
    uint32_t value = 1;
    long received = 0, wrong = 0;
    for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0; received += n)
        for (ssize_t i = 0; i < n; i++)
            wrong += buffer[i] != (unsigned char)((value = value * 1664525 + 1013904223) >> 24);
    say("received %ld wrong %ld\n", received, wrong);
    say_wait("writer", pid);
    return 0;
}
