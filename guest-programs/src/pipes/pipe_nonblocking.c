/* What do non-blocking reads and writes of each size return on an empty, full and nearly full pipe? */
#include "guest.h"

int main(void)
{
    static char buffer[70000];
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    CHECK(read(ends[0], buffer, 1));
    CHECK(read(ends[0], buffer, 0));
    CHECK(write(ends[1], buffer, 70000));
    CHECK(write(ends[1], buffer, 1));
    CHECK(write(ends[1], buffer, 0));
    CHECK(read(ends[0], buffer, 4096));
    CHECK(write(ends[1], buffer, 4097)); /* larger than PIPE_BUF: as much as fits */
    CHECK(read(ends[0], buffer, 4095));
    CHECK(write(ends[1], buffer, 4096)); /* not larger: all or nothing */
    CHECK(read(ends[0], buffer, 70000));
    close(ends[1]);
    CHECK(read(ends[0], buffer, 1));
    return 0;
}
