/* Do several readers of one pipe take every message exactly once? */
#include "guest.h"

#define READERS 5
#define MESSAGES 500

int main(void)
{
    int work[2], results[2];
    MUST(pipe(work));
    MUST(pipe(results));
    for (int i = 0; i < READERS; i++) {
        if (MUST(fork()) == 0) {
            int message, tally[2] = {0, 0};
            close(work[1]);
            while (read(work[0], &message, sizeof message) == sizeof message) {
                tally[0]++;
                tally[1] += message;
            }
            MUST(write(results[1], tally, sizeof tally));
            _exit(0);
        }
    }
    close(work[0]);
    close(results[1]);
    for (int i = 1; i <= MESSAGES; i++)
        MUST(write(work[1], &i, sizeof i));
    close(work[1]);
    int tally[2], count = 0, sum = 0;
    while (read(results[0], tally, sizeof tally) == sizeof tally) {
        count += tally[0];
        sum += tally[1];
    }
    while (wait(NULL) > 0)
        continue;
    say("messages %d sum %d\n", count, sum);
    return 0;
}
