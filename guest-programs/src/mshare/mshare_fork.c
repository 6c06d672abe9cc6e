/* Does a window survive fork as one memory, linked lazily in each child, and each process's munmap stay its own? */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, 4 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    strcpy(window, "parent");
    pid_t pid = MUST(fork());
    if (pid == 0) {
        say("child reads %s\n", window);
        strcpy(window, "child");
        strcpy(window + PAGE, "first touch by the child");
        pid_t inner = MUST(fork());
        if (inner == 0) {
            say("grandchild reads %s\n", window);
            strcpy(window + 2 * PAGE, "first touch by the grandchild");
            _exit(0);
        }
        say_wait("grandchild", inner);
        CHECK(munmap(window, SLOT));
        probe("child without window", READ, window, window);
        _exit(0);
    }
    say_wait("child", pid);
    say("parent reads %s, %s, %s\n", window, window + PAGE, window + 2 * PAGE);
    CHECK(munmap(window, SLOT));
    pid = MUST(fork());
    if (pid == 0) {
        probe("second child inherits no window", READ, window, window);
        window = attach(fd, WINDOW(9), 1);
        say("attached by itself: %s\n", window);
        _exit(0);
    }
    say_wait("second child", pid);
    return 0;
}
