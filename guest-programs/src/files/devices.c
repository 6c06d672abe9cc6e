/* What do /dev/null, /dev/zero, /dev/full and /dev/urandom give and take? */
#include "guest.h"

#include <sys/random.h>

int main(void)
{
    unsigned char buffer[64], other[64];
    int null = MUST(open("/dev/null", O_RDWR)), zero = MUST(open("/dev/zero", O_RDWR)), full = MUST(open("/dev/full", O_RDWR));
    int random = MUST(open("/dev/urandom", O_RDWR));
    CHECK(read(null, buffer, 10));
    CHECK(write(null, buffer, 10));
    CHECK(lseek(null, 1000, SEEK_SET));
    memset(buffer, 1, sizeof buffer);
    CHECK(read(zero, buffer, 64));
    say("%d %d\n", buffer[0], buffer[63]);
    CHECK(write(zero, buffer, 10));
    CHECK(read(full, buffer, 10));
    CHECK(write(full, buffer, 10));
    CHECK(write(full, buffer, 0));
    CHECK(read(random, buffer, 64));
    CHECK(read(random, other, 64));
    say("two readings differ %d\n", memcmp(buffer, other, 64) != 0);
    CHECK(getrandom(buffer, 64, 0));
    CHECK(getrandom(other, 64, GRND_NONBLOCK));
    say("two readings differ %d\n", memcmp(buffer, other, 64) != 0);
    CHECK(getrandom(buffer, 0, 0));
    CHECK(getrandom(buffer, 8, 0x100));
    CHECK(getrandom(nowhere(), 8, 0));
    CHECK(read(zero, nowhere(), 8));
    CHECK(write(null, nowhere(), 8));
    CHECK(ftruncate(null, 10));
    CHECK(isatty(null));
    return 0;
}
