/* Does an object made over parts of another replace exactly those pages? */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, 6 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    for (int i = 0; i < 6; i++)
        window[i * PAGE] = (char)('a' + i);
    CHECK(create_object(fd, 2 * PAGE, 2 * PAGE, PROT_READ, ANONYMOUS_OBJECT));
    say("%d %d %d %d %d %d\n", window[0], window[PAGE], window[2 * PAGE], window[3 * PAGE], window[4 * PAGE],
        window[5 * PAGE]);
    probe("before", WRITE, window + 2 * PAGE - 1, window);
    probe("first replaced", WRITE, window + 2 * PAGE, window);
    probe("last replaced", WRITE, window + 4 * PAGE - 1, window);
    probe("after", WRITE, window + 4 * PAGE + 1, window);
    CHECK(remove_object(fd, PAGE, 2 * PAGE));
    probe("removed from the old", READ, window + PAGE, window);
    probe("removed from the new", READ, window + 2 * PAGE, window);
    say("%d %d %d %d\n", window[0], window[3 * PAGE], window[4 * PAGE], window[5 * PAGE]);
    CHECK(create_object(fd, PAGE, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    say("a new object starts with %d\n", window[PAGE]);
    return 0;
}
