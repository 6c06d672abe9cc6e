/* Which advice does a window take, and is no data lost by MADV_DONTNEED, of a part or of all? */
#include "fault.h"
#include "mshare.h"

int main(void)
{
    catch_faults();
    mount_msharefs();
    int fd = make_region(MSHARE_DIRECTORY "/region", 1);
    MUST(create_object(fd, 0, 4 * PAGE, PROT_READ | PROT_WRITE, ANONYMOUS_OBJECT));
    char *window = attach(fd, WINDOW(4), 1);
    strcpy(window, "kept");
    strcpy(window + 3 * PAGE, "kept too");
    CHECK(madvise(window, PAGE, MADV_DONTNEED));
    say("%s, %s\n", window, window + 3 * PAGE);
    CHECK(madvise(window, SLOT, MADV_DONTNEED));
    say("%s, %s\n", window, window + 3 * PAGE);
    CHECK(madvise(window + PAGE, PAGE, MADV_WILLNEED));
    CHECK(madvise(window, PAGE, MADV_FREE));
    CHECK(madvise(window, SLOT, MADV_WIPEONFORK));
    CHECK(madvise(window, SLOT, MADV_DODUMP));
    CHECK(madvise(window, PAGE, MADV_REMOVE));
    CHECK(madvise(window, PAGE, MADV_DONTFORK));
    CHECK(madvise(window, PAGE, MADV_RANDOM));
    CHECK(madvise(window, SLOT, MADV_DONTFORK));
    pid_t pid = MUST(fork());
    if (pid == 0) {
        probe("child", READ, window, window);
        _exit(0);
    }
    say_wait("child", pid);
    say("%s, %s\n", window, window + 3 * PAGE);
    return 0;
}
