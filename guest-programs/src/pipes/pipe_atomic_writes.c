/* Are writes of up to PIPE_BUF bytes from four processes never mixed? */
#include "guest.h"

#define RECORD 4096
#define RECORDS 50

int main(void)
{
    static char record[RECORD];
    int ends[2], counts[4] = {0}, mixed = 0;
    MUST(pipe(ends));
    for (int child = 0; child < 4; child++) {
        if (MUST(fork()) == 0) {
            memset(record, 'a' + child, RECORD);
            for (int i = 0; i < RECORDS; i++)
                MUST(write(ends[1], record, RECORD));
            _exit(0);
        }
    }
    close(ends[1]);
    for (;;) {
        int filled = 0;
        for (ssize_t n; filled < RECORD && (n = read(ends[0], record + filled, RECORD - filled)) > 0;)
            filled += n;
        if (filled == 0)
            break;
        for (int i = 1; i < filled; i++)
            mixed += record[i] != record[0];
        counts[record[0] - 'a']++;
    }
    while (wait(NULL) > 0)
        continue;
    say("records %d %d %d %d, mixed bytes %d\n", counts[0], counts[1], counts[2], counts[3], mixed);
    return 0;
}
