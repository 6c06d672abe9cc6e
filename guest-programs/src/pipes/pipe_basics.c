/* Does a pipe deliver bytes in order, end with 0 after the last writer, and know its two ends apart? */
#include "guest.h"

#include <sys/ioctl.h>

int main(void)
{
    int ends[2], available = -1;
    char buffer[32] = "";
    only_standard_descriptors();
    CHECK(pipe(ends));
    say("ends %d %d\n", ends[0], ends[1]);
    CHECK(write(ends[1], "first", 5));
    CHECK(write(ends[1], "second", 6));
    CHECK(ioctl(ends[0], FIONREAD, &available));
    say("available %d\n", available);
    CHECK(read(ends[0], buffer, 3));
    CHECK(read(ends[0], buffer + 3, 20));
    say("%s\n", buffer);
    CHECK(read(ends[1], buffer, 1));
    CHECK(write(ends[0], "x", 1));
    CHECK(lseek(ends[0], 0, SEEK_SET));
    CHECK(pread(ends[0], buffer, 1, 0));
    CHECK(ftruncate(ends[1], 0));
    CHECK(read(ends[0], buffer, 0));
    CHECK(write(ends[1], "last", 4));
    CHECK(close(ends[1]));
    CHECK(read(ends[0], buffer, 20));
    CHECK(read(ends[0], buffer, 20));
    CHECK(read(ends[0], buffer, 20));
    CHECK(pipe2(ends, O_CLOEXEC | O_NONBLOCK));
    CHECK(fcntl(ends[0], F_GETFD));
    CHECK(fcntl(ends[1], F_GETFL));
    CHECK(read(ends[0], buffer, 1));
    CHECK(pipe2(ends, O_APPEND));
    CHECK(pipe2(ends, 0x40000000));
    return 0;
}
