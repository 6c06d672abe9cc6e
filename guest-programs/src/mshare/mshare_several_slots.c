/* Does a region of three slots work in each of them, with an object across a slot border, and when some slots stay empty? */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 3);
    char *window = attach(fd, WINDOW(4), 3);
    MUST(create_object(fd, SLOT - PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    MUST(create_object(fd, 3 * SLOT - PAGE, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    strcpy(window + SLOT - 6, "across the border");
    strcpy(window + 3 * SLOT - 16, "at the very end");
    pid_t pid = MUST(fork());
    if (pid == 0) {
        char *own = attach(fd, WINDOW(21), 3);
        say("%s, %s\n", own + SLOT - 6, own + 3 * SLOT - 16);
        probe("first slot's hole", READ, own, own);
        probe("second slot's hole", READ, own + SLOT + PAGE, own);
        probe("third slot's hole", WRITE, own + 2 * SLOT, own);
        _exit(0);
    }
    say_wait("child", pid);
    CHECK(remove_object(fd, 0, 3 * SLOT));
    probe("all gone", READ, window + SLOT, window);
    MUST(create_object(fd, SLOT, PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    say("a new object in the middle slot: %d\n", window[SLOT]);
    return 0;
}
