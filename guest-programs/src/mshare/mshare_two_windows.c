/* May one process map a region twice, at two addresses, as one memory, and drop one window without the other? */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 10 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *first = attach(fd, WINDOW(4), 1), *second = attach(fd, WINDOW(5), 1);
    strcpy(first + 10 * PAGE, "by the first");
    say("second shows %s\n", second + 10 * PAGE);
    strcpy(second + 11 * PAGE, "by the second");
    say("first shows %s\n", first + 11 * PAGE);
    probe("hole in the first", READ, first + 9 * PAGE, first);
    probe("hole in the second", READ, second + 12 * PAGE, second);
    CHECK(munmap(first, SLOT));
    probe("first is gone", READ, first + 10 * PAGE, first);
    say("second still shows %s\n", second + 10 * PAGE);
    first = attach(fd, WINDOW(6), 1);
    CHECK(munmap(second, SLOT));
    say("a third window shows %s, %s\n", first + 10 * PAGE, first + 11 * PAGE);
    return 0;
}
