/* May system calls read from and write to a region, and is a bad place in it EFAULT? */
#include "mshare.h"

int main(void)
{
    int ends[2];
    mount_msharefs();
    MUST(pipe(ends));
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, 2 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    MUST(create_object(fd, 4 * PAGE, PAGE, PROT_READ, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    MUST(write(ends[1], "0123456789", 10));
    CHECK(read(ends[0], window + PAGE - 5, 10)); /* first touch of both pages is the kernel's */
    say("%.10s\n", window + PAGE - 5);
    CHECK(write(ends[1], window + PAGE - 3, 6));
    MUST(write(ends[1], "x", 1));
    CHECK(read(ends[0], window + 4 * PAGE, 1));
    CHECK(write(ends[1], window + 4 * PAGE, 1));
    CHECK(read(ends[0], window + 2 * PAGE, 1));
    CHECK(write(ends[1], window + 8 * PAGE, 1));
    return 0;
}
