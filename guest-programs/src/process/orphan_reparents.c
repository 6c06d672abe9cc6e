/* Does an orphan get a new parent that is not the dead one, as soon as its parent is gone? */
#include "guest.h"

int main(void)
{
    int report[2];
    char line[32] = "";
    MUST(pipe(report));
    pid_t middle = MUST(fork());
    if (middle == 0) {
        pid_t parent = getpid();
        if (MUST(fork()) == 0) {
            while (getppid() == parent)
                sleep_ms(1);
            const char *answer = getppid() == 1 ? "adopted by 1" : "adopted by a reaper";
            MUST(write(report[1], answer, strlen(answer)));
            _exit(0);
        }
        _exit(0);
    }
    close(report[1]);
    say_wait("middle", middle);
    size_t length = 0;
    for (ssize_t n; (n = read(report[0], line + length, sizeof line - 1 - length)) > 0;)
        length += n;
    say("orphan: %s\n", strncmp(line, "adopted", 7) == 0 ? "adopted" : line);
    CHECK(wait(NULL));
    return 0;
}
